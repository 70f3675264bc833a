-- Who may not take a seat again for a while; every check-out asks for those on its holder.
CREATE TABLE "hold" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE INDEX hold_holder ON "hold" (((document ->> 'licenseId')::bigint), (document ->> 'holder') COLLATE "C");
