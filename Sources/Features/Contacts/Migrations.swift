import Storage

extension Contacts {
    package static let migrations: [Migration] = [
        Migration(
            "2026-11-22 contacts: create queue",
            """
            CREATE TABLE queue (
                id \(.identity),
                key TEXT NOT NULL UNIQUE CHECK (key <> ''),
                name TEXT NOT NULL UNIQUE CHECK (name <> ''),
                time_zone TEXT NOT NULL,
                priority BIGINT NOT NULL CHECK (priority BETWEEN 0 AND 9),
                head_start BIGINT NOT NULL CHECK (head_start >= 0),
                target BIGINT NOT NULL CHECK (target > 0),
                offer_timeout BIGINT NOT NULL CHECK (offer_timeout > 0),
                wrap_up_limit BIGINT NOT NULL CHECK (wrap_up_limit > 0),
                longest BIGINT CHECK (longest >= 0),
                masks_numbers BOOLEAN NOT NULL,
                retention_days BIGINT NOT NULL CHECK (retention_days > 0),
                pace BIGINT,
                is_retired BOOLEAN NOT NULL DEFAULT FALSE,
                revision BIGINT NOT NULL DEFAULT 1
            );
            CREATE TABLE queue_need (
                queue_id BIGINT NOT NULL REFERENCES queue (id),
                after BIGINT NOT NULL CHECK (after >= 0),
                skill_id BIGINT NOT NULL REFERENCES skill (id),
                level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
                PRIMARY KEY (queue_id, after, skill_id)
            );
            CREATE TABLE opening (
                queue_id BIGINT NOT NULL REFERENCES queue (id),
                weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                opens BIGINT NOT NULL CHECK (opens BETWEEN 0 AND 1439),
                closes BIGINT NOT NULL CHECK (closes BETWEEN 1 AND 1440),
                PRIMARY KEY (queue_id, weekday, opens),
                CHECK (opens < closes)
            );
            CREATE TABLE bank_holiday (
                day TEXT PRIMARY KEY,
                name TEXT NOT NULL CHECK (name <> '')
            );
            CREATE TABLE closure (
                id \(.identity),
                queue_id BIGINT REFERENCES queue (id),
                starts_at TEXT NOT NULL,
                ends_at TEXT NOT NULL,
                message TEXT NOT NULL CHECK (message <> ''),
                CHECK (starts_at < ends_at)
            );
            CREATE INDEX closure_by_end ON closure (ends_at);
            CREATE TABLE queue_change (
                id \(.identity),
                queue_id BIGINT REFERENCES queue (id),
                person_id BIGINT REFERENCES person (id),
                at TEXT NOT NULL,
                summary TEXT NOT NULL
            );
            CREATE INDEX queue_change_of_queue ON queue_change (queue_id, id);
            """),
        Migration(
            "2026-11-22 contacts: create desk",
            """
            CREATE TABLE desk (
                adviser_id BIGINT PRIMARY KEY REFERENCES person (id),
                status TEXT NOT NULL CHECK (status IN
                    ('available', 'break', 'training', 'offline', 'missed', 'line_lost')),
                reason TEXT,
                place TEXT NOT NULL CHECK (place IN ('home', 'office', 'touchdown')),
                since TEXT NOT NULL,
                idle_since TEXT NOT NULL,
                seen_at TEXT NOT NULL,
                chats BIGINT NOT NULL DEFAULT 3 CHECK (chats BETWEEN 1 AND 20),
                team_id BIGINT REFERENCES team (id),
                doing TEXT NOT NULL,
                doing_since TEXT NOT NULL,
                revision BIGINT NOT NULL DEFAULT 0
            );
            CREATE INDEX desk_present ON desk (doing, place) WHERE status <> 'offline';
            CREATE INDEX desk_busy ON desk (doing, place, team_id, doing_since, adviser_id) WHERE doing <> 'offline';
            CREATE TABLE desk_time (
                adviser_id BIGINT NOT NULL REFERENCES person (id),
                from_at TEXT NOT NULL,
                until_at TEXT NOT NULL,
                doing TEXT NOT NULL,
                reason TEXT,
                place TEXT NOT NULL,
                team_id BIGINT,
                milliseconds BIGINT NOT NULL CHECK (milliseconds >= 0)
            );
            CREATE INDEX desk_time_by_start ON desk_time (from_at, doing, place, team_id, milliseconds);
            CREATE INDEX desk_time_of_adviser ON desk_time (adviser_id, from_at);
            """),
        Migration(
            "2026-11-22 contacts: create contact",
            """
            CREATE TABLE contact (
                id \(.identity),
                channel TEXT NOT NULL CHECK (channel IN ('chat', 'call', 'callback')),
                queue_id BIGINT NOT NULL REFERENCES queue (id),
                customer_name TEXT NOT NULL,
                reference TEXT,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'active', 'wrap_up', 'ended')),
                priority BIGINT NOT NULL,
                arrived_at TEXT NOT NULL,
                entered_at TEXT NOT NULL,
                adviser_id BIGINT REFERENCES person (id),
                answered_at TEXT,
                ended_at TEXT,
                ended_by TEXT,
                wrap_up_until TEXT,
                outcome TEXT,
                wrap_up_code TEXT,
                wrap_up_note TEXT,
                note TEXT,
                preferred_id BIGINT REFERENCES person (id),
                preferred_until TEXT,
                help_asked_at TEXT,
                erased_at TEXT,
                last_event BIGINT NOT NULL DEFAULT 0,
                CHECK ((state IN ('waiting')) = (adviser_id IS NULL) OR state = 'ended'),
                CHECK ((state IN ('wrap_up', 'ended')) = (ended_at IS NOT NULL))
            );
            CREATE INDEX contact_open ON contact (queue_id, state, arrived_at) WHERE state <> 'ended';
            CREATE INDEX contact_of_adviser ON contact (adviser_id, state) WHERE state <> 'ended';
            CREATE INDEX contact_by_arrival ON contact (arrived_at, id);
            CREATE INDEX contact_of_queue ON contact (queue_id, arrived_at, id);
            CREATE INDEX contact_answered_by ON contact (adviser_id, arrived_at, id) WHERE adviser_id IS NOT NULL;
            CREATE INDEX contact_of_reference ON contact (reference, arrived_at) WHERE reference IS NOT NULL;
            CREATE INDEX contact_to_forget ON contact (queue_id, ended_at) WHERE state = 'ended' AND erased_at IS NULL;
            CREATE TABLE contact_word (
                word TEXT \(.binary) NOT NULL,
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                PRIMARY KEY (word, contact_id)
            );
            CREATE INDEX contact_word_of_contact ON contact_word (contact_id);
            CREATE TABLE offer (
                id \(.identity),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                adviser_id BIGINT NOT NULL REFERENCES person (id),
                made_at TEXT NOT NULL,
                ends_at TEXT NOT NULL,
                outcome TEXT CHECK (outcome IN ('accepted', 'refused', 'missed', 'withdrawn')),
                reason TEXT
            );
            CREATE UNIQUE INDEX offer_open_of_contact ON offer (contact_id) WHERE outcome IS NULL;
            CREATE INDEX offer_open_of_adviser ON offer (adviser_id) WHERE outcome IS NULL;
            CREATE INDEX offer_of_contact ON offer (contact_id, id);
            CREATE TABLE contact_event (
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                number BIGINT NOT NULL,
                at TEXT NOT NULL,
                kind TEXT NOT NULL,
                cause TEXT,
                queue_id BIGINT NOT NULL,
                adviser_id BIGINT,
                team_id BIGINT,
                place TEXT,
                entered_at TEXT NOT NULL,
                milliseconds BIGINT,
                PRIMARY KEY (contact_id, number)
            );
            CREATE INDEX contact_event_counted ON contact_event
                (entered_at, kind, queue_id, milliseconds, team_id, place)
                WHERE kind IN ('answered', 'abandoned', 'turned_away', 'handled', 'wrapped_up', 'requeued');
            """),
        Migration(
            "2026-11-22 contacts: create routing_event",
            """
            CREATE TABLE routing_event (
                id \(.identity),
                kind TEXT NOT NULL,
                contact_id BIGINT,
                adviser_id BIGINT,
                queue_id BIGINT
            );
            """),
        Migration(
            "2026-11-22 contacts: create ready_reply and wrap_up_code",
            """
            CREATE TABLE ready_reply (
                id \(.identity),
                queue_id BIGINT REFERENCES queue (id),
                title TEXT NOT NULL CHECK (title <> ''),
                text TEXT NOT NULL CHECK (text <> '')
            );
            CREATE TABLE wrap_up_code (
                code TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                position BIGINT NOT NULL
            );
            CREATE TABLE break_reason (
                title TEXT PRIMARY KEY,
                position BIGINT NOT NULL
            );
            """),
        Migration(
            "2026-11-22 contacts: keep removed wrap-up codes",
            """
            ALTER TABLE wrap_up_code ADD COLUMN is_removed BOOLEAN NOT NULL DEFAULT FALSE
            """),
        Migration(
            "2026-11-22 contacts: find beginnings of words",
            """
            DROP INDEX contact_word_of_contact;
            CREATE INDEX contact_word_of_contact ON contact_word (contact_id, word);
            """),
        Migration(
            "2026-11-22 contacts: let advisers finish, and note the skills of a stretch of time",
            """
            ALTER TABLE desk RENAME TO desk_before;
            CREATE TABLE desk (
                adviser_id BIGINT PRIMARY KEY REFERENCES person (id),
                status TEXT NOT NULL CHECK (status IN
                    ('available', 'break', 'training', 'offline', 'missed', 'line_lost', 'leaving')),
                reason TEXT,
                place TEXT NOT NULL CHECK (place IN ('home', 'office', 'touchdown')),
                since TEXT NOT NULL,
                idle_since TEXT NOT NULL,
                seen_at TEXT NOT NULL,
                chats BIGINT NOT NULL DEFAULT 3 CHECK (chats BETWEEN 1 AND 20),
                team_id BIGINT REFERENCES team (id),
                doing TEXT NOT NULL,
                doing_since TEXT NOT NULL,
                revision BIGINT NOT NULL DEFAULT 0,
                skills TEXT NOT NULL DEFAULT ''
            );
            INSERT INTO desk (adviser_id, status, reason, place, since, idle_since, seen_at, chats, team_id, doing,
                doing_since, revision)
            SELECT adviser_id, status, reason, place, since, idle_since, seen_at, chats, team_id, doing, doing_since,
                revision
            FROM desk_before;
            DROP TABLE desk_before;
            CREATE INDEX desk_present ON desk (doing, place) WHERE status <> 'offline';
            CREATE INDEX desk_busy ON desk (doing, place, team_id, skills, doing_since, adviser_id)
                WHERE doing <> 'offline';
            ALTER TABLE desk_time ADD COLUMN skills TEXT NOT NULL DEFAULT '';
            DROP INDEX desk_time_by_start;
            CREATE INDEX desk_time_by_start ON desk_time (from_at, doing, place, team_id, skills, milliseconds);
            """),
        Migration(
            "2026-11-22 contacts: create erasure",
            """
            CREATE TABLE erasure (
                id \(.identity),
                reference TEXT,
                last_contact_id BIGINT NOT NULL REFERENCES contact (id),
                contacts BIGINT NOT NULL,
                done BIGINT NOT NULL DEFAULT 0,
                person_id BIGINT REFERENCES person (id),
                asked_at TEXT NOT NULL,
                ended_at TEXT,
                CHECK (ended_at IS NULL OR reference IS NULL)
            );
            CREATE INDEX erasure_open ON erasure (id) WHERE ended_at IS NULL;
            """),
        Migration(
            "2026-11-22 contacts: begin with words that desks can choose from",
            """
            INSERT INTO wrap_up_code (code, title, position) VALUES
                ('answered', 'Question answered', 0), ('changed', 'Record changed', 1),
                ('passed-on', 'Passed to another team', 2), ('call-back', 'Will call back', 3),
                ('signposted', 'Signposted elsewhere', 4), ('no-reply', 'Customer left', 5)
            ON CONFLICT DO NOTHING;
            INSERT INTO break_reason (title, position) VALUES
                ('Short break', 0), ('Lunch', 1), ('Meeting', 2), ('Technical problem', 3), ('Personal', 4)
            ON CONFLICT DO NOTHING;
            INSERT INTO ready_reply (title, text) VALUES
                ('Greeting', 'Hello {customer}, my name is {adviser}. How can I help you with {queue} today?'),
                ('Looking it up', 'Thank you, {customer}. Please give me a moment while I look that up.'),
                ('Anything else', 'Is there anything else I can help you with?'),
                ('Goodbye', 'Thank you for getting in touch, {customer}. Have a good day.');
            """),
        Migration(
            "2026-11-22 contacts: say what a queue's words are written in",
            """
            ALTER TABLE queue ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (language <> '')
            """),
        Migration(
            "2026-11-22 contacts: say when a queue was retired",
            """
            ALTER TABLE queue ADD COLUMN retired_at TEXT;
            UPDATE queue SET retired_at = (
                SELECT MAX(queue_change.at) FROM queue_change
                WHERE queue_change.queue_id = queue.id AND queue_change.summary LIKE '%Retired: no → yes.%'
            ) WHERE is_retired = TRUE;
            """),
        Migration(
            "2026-11-29 contacts: keep what was counted of past days",
            """
            CREATE TABLE past_day (
                day TEXT PRIMARY KEY,
                counts TEXT NOT NULL
            )
            """),
    ]
}
