"""The tables, as steps from one version of the schema to the next; PostgreSQL takes them by ``postgres``."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
        "INSERT INTO meta VALUES ('generation', 0)",
        # The long columns stand last: what comes before them is read without them.
        """CREATE TABLE documents (
            revision INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL,
            title TEXT NOT NULL,
            encoding TEXT NOT NULL,
            characters INTEGER NOT NULL,
            paragraphs INTEGER NOT NULL,
            headings INTEGER NOT NULL,
            levels INTEGER NOT NULL,
            passages INTEGER NOT NULL,
            added_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            text_hash BLOB NOT NULL,
            outline TEXT NOT NULL,
            text TEXT NOT NULL)""",
        """CREATE TABLE passages (
            passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
            revision INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            paragraph INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            section TEXT NOT NULL,
            text TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            crc INTEGER NOT NULL)""",
        "CREATE INDEX passages_of_document ON passages (revision)",
        "CREATE INDEX passages_of_content ON passages (content_hash)",
        """CREATE TABLE vectors (
            content_hash BLOB NOT NULL,
            encoder TEXT NOT NULL,
            vector BLOB NOT NULL,
            crc INTEGER NOT NULL,
            PRIMARY KEY (content_hash, encoder))""",
    ),
    (
        # One row a document; a document of a home of version 1 has none.
        """CREATE TABLE originals (
            revision INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            lost INTEGER NOT NULL,
            crc INTEGER NOT NULL,
            data BLOB NOT NULL)""",
        # What the citations of kept turns said: a link names it by its place and digest.
        """CREATE TABLE cited (
            document_id TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            digest TEXT NOT NULL,
            quote TEXT NOT NULL,
            PRIMARY KEY (document_id, start, "end", digest)) WITHOUT ROWID""",
        # A visitor's conversations. One without a title of its own is called by its first question.
        """CREATE TABLE conversations (
            conversation_id TEXT PRIMARY KEY,
            visitor TEXT NOT NULL,
            title TEXT) WITHOUT ROWID""",
        "CREATE INDEX conversations_of_visitor ON conversations (visitor)",
        """CREATE TABLE turns (
            turn_id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
            asked_at TEXT NOT NULL,
            rating TEXT CHECK (rating IN ('good', 'bad')),
            question TEXT NOT NULL,
            folded TEXT NOT NULL,
            crc INTEGER NOT NULL,
            answer TEXT NOT NULL)""",
        "CREATE INDEX turns_of_conversation ON turns (conversation_id)",
        # It holds all that a test needs, and no visitor: a complaint outlives the conversation.
        """CREATE TABLE feedback (
            turn_id INTEGER PRIMARY KEY,
            rating TEXT NOT NULL,
            question TEXT NOT NULL,
            refused INTEGER NOT NULL,
            quotes TEXT NOT NULL,
            "right" TEXT NOT NULL,
            rated_at TEXT NOT NULL)""",
    ),
    (
        # By which version of the parser a document was read; of one that an older Youju has read there is no row.
        """CREATE TABLE parsed (
            revision INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            parser INTEGER NOT NULL)""",
    ),
    (
        # Like feedback it outlives the conversation; it goes with its document. No scope: all documents.
        """CREATE TABLE marks (
            mark_id INTEGER PRIMARY KEY AUTOINCREMENT,
            turn_id INTEGER NOT NULL,
            question TEXT NOT NULL,
            scope TEXT,
            document_id TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            quote TEXT NOT NULL,
            marked_at TEXT NOT NULL)""",
    ),
    (
        # How a file was read, where there is more to tell than its text; ``boxes`` are where that stands on its pages.
        """CREATE TABLE readings (
            revision INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            pages INTEGER NOT NULL,
            tables INTEGER NOT NULL,
            recognised INTEGER NOT NULL,
            notices TEXT NOT NULL,
            boxes BLOB NOT NULL)""",
    ),
    (
        # Terms that mean the same, a row a group.
        "CREATE TABLE synonyms (group_id INTEGER PRIMARY KEY AUTOINCREMENT, terms TEXT NOT NULL)",
    ),
    (
        # By which documents with much the same text are known; see ``bot.storage.likeness``.
        """CREATE TABLE sketches (
            revision INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            sketch BLOB NOT NULL)""",
    ),
    (
        # Folders that are kept in step, and what of each was read; ``bot.storage.folders``. Errors are of bad files.
        """CREATE TABLE folders (
            name TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            device INTEGER,
            synced_at TEXT) WITHOUT ROWID""",
        """CREATE TABLE folder_files (
            name TEXT NOT NULL REFERENCES folders ON DELETE CASCADE,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            digest TEXT NOT NULL,
            own INTEGER NOT NULL,
            parser INTEGER NOT NULL,
            error_en TEXT,
            error_zh TEXT,
            PRIMARY KEY (name, path)) WITHOUT ROWID""",
        # Where a file stood that was added by its path: one of the same name from elsewhere is another document.
        "CREATE TABLE origins (source TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE tags (
            document_id TEXT NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (document_id, tag)) WITHOUT ROWID""",
    ),
    (
        # What is derived of this home carries its id, so that nothing of another is taken for it.
        "INSERT INTO meta VALUES ('home', lower(hex(randomblob(8))))",
    ),
    (
        # Of a file that a password opened, the same without its lock: from it pages are drawn.
        """CREATE TABLE unlocked (
            revision INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            crc INTEGER NOT NULL,
            data BLOB NOT NULL)""",
    ),
    (
        # Which id a document gets again when its file can be read again; ``bot.storage.waiting``.
        "CREATE TABLE waiting (source TEXT PRIMARY KEY, document_id TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        # Who may come in with a key, and by its hash whether it is one; ``bot.storage.keys``.
        """CREATE TABLE keys (
            key_id TEXT PRIMARY KEY,
            digest BLOB NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            made_at TEXT NOT NULL,
            expires_at TEXT,
            used_at TEXT) WITHOUT ROWID""",
        # On which day a visitor with conversations was here last; those of an older home count from today.
        "CREATE TABLE visitors (visitor TEXT PRIMARY KEY, seen_on TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX visitors_by_day ON visitors (seen_on)",
        "INSERT INTO visitors SELECT DISTINCT visitor, date('now') FROM conversations",
    ),
    (
        # What an index that was up to date reads to be so again; ``bot.storage.changes``.
        """CREATE TABLE changes (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            generation INTEGER NOT NULL,
            document_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            first INTEGER NOT NULL,
            count INTEGER NOT NULL,
            added INTEGER NOT NULL)""",
        "CREATE INDEX changes_by_generation ON changes (generation)",
        # What each addition is compared with, beside the rows with whole texts.
        "CREATE INDEX documents_known ON documents (document_id, source, digest)",
        "INSERT INTO meta SELECT 'changes_from', value FROM meta WHERE name = 'generation'",
    ),
    (
        # Files that wait to be read by a worker; ``bot.storage.jobs``. An error is of one that could not be read.
        """CREATE TABLE jobs (
            job_id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            queued_at TEXT NOT NULL,
            worker TEXT,
            tries INTEGER NOT NULL,
            until INTEGER NOT NULL,
            error_en TEXT,
            error_zh TEXT,
            crc INTEGER NOT NULL,
            data BLOB NOT NULL)""",
        "CREATE INDEX jobs_of_source ON jobs (source)",
    ),
    (
        # Among many documents, that of a name.
        "CREATE INDEX documents_of_source ON documents (source)",
    ),
)
"""Statements that lead from one version of the schema to the next. Never change one: add the next."""
