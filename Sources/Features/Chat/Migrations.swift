import Storage

extension Chat {
    package static let migrations: [Migration] = [
        Migration(
            "2026-11-22 chat: create chat and message",
            """
            CREATE TABLE chat (
                contact_id BIGINT PRIMARY KEY REFERENCES contact (id),
                token_hash TEXT NOT NULL,
                start_id TEXT UNIQUE,
                last_number BIGINT NOT NULL DEFAULT 0,
                adviser_read BIGINT NOT NULL DEFAULT 0,
                customer_read BIGINT NOT NULL DEFAULT 0,
                customer_typing_until TEXT,
                adviser_typing_until TEXT,
                seen_at TEXT NOT NULL,
                rating BIGINT CHECK (rating BETWEEN 1 AND 5),
                rating_comment TEXT
            );
            CREATE TABLE message (
                contact_id BIGINT NOT NULL REFERENCES chat (contact_id),
                number BIGINT NOT NULL,
                author TEXT NOT NULL CHECK (author IN ('customer', 'adviser', 'system')),
                person_id BIGINT REFERENCES person (id),
                name TEXT NOT NULL,
                text TEXT NOT NULL,
                at TEXT NOT NULL,
                client_id TEXT,
                PRIMARY KEY (contact_id, number),
                UNIQUE (contact_id, client_id)
            );
            """),
        Migration(
            "2026-11-29 chat: note since when its customer is away",
            "ALTER TABLE chat ADD COLUMN away_since TEXT;"),
    ]
}
