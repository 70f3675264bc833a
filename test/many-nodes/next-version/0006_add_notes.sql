-- What a next minor version may do: it adds.
ALTER TABLE seat ADD COLUMN note text;
ALTER TABLE event ADD COLUMN note text;
ALTER TABLE chain ADD COLUMN note text;
ALTER TABLE license ADD COLUMN note text DEFAULT 'none';
CREATE TABLE note (
  id          bigint PRIMARY KEY,
  license_id  bigint NOT NULL,
  text        text NOT NULL
);
CREATE INDEX seat_note ON seat (note);
