-- Who may not take a seat again for a while. Read once, at the start.
CREATE TABLE hold (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
