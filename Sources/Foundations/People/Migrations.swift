import Storage

/// Staff, their sign-ins and the audit trail of what they were allowed to do.
package enum People {
    package static let migrations: [Migration] = [
        Migration(
            "2026-11-22 people: create directorate, site, team",
            """
            CREATE TABLE directorate (
                id \(.identity),
                name TEXT NOT NULL UNIQUE CHECK (name <> '')
            );
            CREATE TABLE site (
                id \(.identity),
                name TEXT NOT NULL UNIQUE CHECK (name <> ''),
                kind TEXT NOT NULL CHECK (kind IN ('regional_centre', 'touchdown', 'other'))
            );
            CREATE TABLE team (
                id \(.identity),
                directorate_id BIGINT NOT NULL REFERENCES directorate (id),
                name TEXT NOT NULL CHECK (name <> ''),
                UNIQUE (directorate_id, name)
            );
            """),
        Migration(
            "2026-11-22 people: create person",
            """
            CREATE TABLE person (
                id \(.identity),
                staff_number TEXT \(.binary) NOT NULL UNIQUE CHECK (staff_number <> ''),
                username TEXT \(.binary) NOT NULL UNIQUE CHECK (username <> ''),
                name TEXT NOT NULL CHECK (name <> ''),
                sort_name TEXT \(.binary) NOT NULL,
                left_on TEXT
            );
            CREATE INDEX person_by_sort_name ON person (sort_name, id);
            CREATE TABLE person_word (
                word TEXT \(.binary) NOT NULL,
                person_id BIGINT NOT NULL REFERENCES person (id),
                PRIMARY KEY (word, person_id)
            );
            CREATE INDEX person_word_of_person ON person_word (person_id);
            CREATE TABLE person_role (
                person_id BIGINT NOT NULL REFERENCES person (id),
                role TEXT NOT NULL CHECK (role IN ('adviser', 'team_leader', 'planner', 'analyst',
                    'workplace_officer', 'administrator', 'auditor')),
                PRIMARY KEY (person_id, role)
            );
            CREATE INDEX person_role_by_role ON person_role (role, person_id);
            CREATE TABLE person_assignment (
                person_id BIGINT NOT NULL REFERENCES person (id),
                from_day TEXT NOT NULL,
                until_day TEXT,
                directorate_id BIGINT REFERENCES directorate (id),
                team_id BIGINT REFERENCES team (id),
                site_id BIGINT REFERENCES site (id),
                grade TEXT NOT NULL,
                contracted_place TEXT NOT NULL CHECK (contracted_place IN ('home', 'office', 'touchdown')),
                PRIMARY KEY (person_id, from_day),
                CHECK (until_day IS NULL OR from_day < until_day)
            );
            CREATE INDEX person_assignment_of_team ON person_assignment (team_id, from_day);
            CREATE INDEX person_assignment_at_site ON person_assignment (site_id, from_day);
            CREATE INDEX person_assignment_in_directorate ON person_assignment (directorate_id, from_day);
            CREATE TABLE person_identity (
                provider TEXT NOT NULL,
                subject TEXT NOT NULL,
                person_id BIGINT NOT NULL REFERENCES person (id),
                PRIMARY KEY (provider, subject)
            );
            CREATE INDEX person_identity_of_person ON person_identity (person_id);
            """),
        Migration(
            "2026-11-22 people: create skill and course",
            """
            CREATE TABLE skill (
                id \(.identity),
                name TEXT NOT NULL UNIQUE CHECK (name <> '')
            );
            CREATE TABLE person_skill (
                person_id BIGINT NOT NULL REFERENCES person (id),
                skill_id BIGINT NOT NULL REFERENCES skill (id),
                source TEXT NOT NULL CHECK (source IN ('staff_list', 'administrator', 'course')),
                from_day TEXT NOT NULL,
                until_day TEXT,
                level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
                PRIMARY KEY (person_id, skill_id, source, from_day),
                CHECK (until_day IS NULL OR from_day < until_day)
            );
            CREATE INDEX person_skill_of_skill ON person_skill (skill_id, from_day);
            CREATE TABLE course (
                id \(.identity),
                title TEXT NOT NULL UNIQUE CHECK (title <> ''),
                skill_id BIGINT NOT NULL REFERENCES skill (id),
                level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
                valid_days BIGINT CHECK (valid_days > 0)
            );
            CREATE TABLE course_completion (
                course_id BIGINT NOT NULL REFERENCES course (id),
                person_id BIGINT NOT NULL REFERENCES person (id),
                completed_on TEXT NOT NULL,
                PRIMARY KEY (course_id, person_id, completed_on)
            );
            CREATE INDEX course_completion_of_person ON course_completion (person_id);
            """),
        Migration(
            "2026-11-22 people: create session",
            """
            CREATE TABLE credential (
                person_id BIGINT PRIMARY KEY REFERENCES person (id),
                password TEXT NOT NULL,
                changed_at TEXT NOT NULL,
                must_change BIGINT NOT NULL CHECK (must_change IN (0, 1))
            );
            CREATE TABLE session (
                id \(.identity),
                person_id BIGINT NOT NULL REFERENCES person (id),
                secret TEXT NOT NULL,
                address TEXT NOT NULL,
                made_at TEXT NOT NULL,
                seen_at TEXT NOT NULL
            );
            CREATE INDEX session_of_person ON session (person_id);
            CREATE INDEX session_by_seen_at ON session (seen_at);
            CREATE TABLE session_token (
                hash TEXT PRIMARY KEY,
                session_id BIGINT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                renews_at TEXT NOT NULL,
                used_at TEXT,
                ends_at TEXT
            );
            CREATE INDEX session_token_of_session ON session_token (session_id);
            CREATE TABLE sign_in_try (
                subject TEXT PRIMARY KEY,
                wrong BIGINT NOT NULL,
                last_at TEXT NOT NULL
            );
            CREATE INDEX sign_in_try_by_last_at ON sign_in_try (last_at);
            CREATE TABLE usual_address (
                person_id BIGINT NOT NULL REFERENCES person (id),
                address TEXT NOT NULL,
                last_at TEXT NOT NULL,
                PRIMARY KEY (person_id, address)
            );
            CREATE INDEX usual_address_by_last_at ON usual_address (last_at);
            """),
        Migration(
            "2026-11-22 people: create audit_entry",
            """
            CREATE TABLE audit_entry (
                number BIGINT PRIMARY KEY CHECK (number > 0),
                at TEXT NOT NULL,
                actor_id BIGINT REFERENCES person (id),
                action TEXT NOT NULL,
                subject_kind TEXT,
                subject_id BIGINT,
                detail TEXT NOT NULL,
                address TEXT,
                request_id TEXT,
                previous_hash TEXT NOT NULL,
                hash TEXT NOT NULL UNIQUE
            );
            CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, number);
            CREATE INDEX audit_entry_by_action ON audit_entry (action, number);
            CREATE INDEX audit_entry_by_subject ON audit_entry (subject_kind, subject_id, number);
            CREATE INDEX audit_entry_by_at ON audit_entry (at);
            """),
        Migration(
            "2026-11-23 people: remember how far the audit trail was verified",
            """
            CREATE TABLE audit_verified (
                place BIGINT PRIMARY KEY CHECK (place = 1),
                number BIGINT NOT NULL,
                hash TEXT NOT NULL,
                at TEXT NOT NULL,
                whole_at TEXT NOT NULL
            )
            """),
        // The words follow from what stands in `person`, and nobody is ever taken out of it: a reference would guard
        // nothing, and takes PostgreSQL more than half the time of writing them.
        Migration(
            "2026-11-29 people: let words refer to nobody",
            """
            DROP INDEX person_word_of_person;
            ALTER TABLE person_word RENAME TO person_word_before;
            CREATE TABLE person_word (
                word TEXT \(.binary) NOT NULL,
                person_id BIGINT NOT NULL,
                PRIMARY KEY (word, person_id)
            );
            INSERT INTO person_word (word, person_id) SELECT word, person_id FROM person_word_before;
            DROP TABLE person_word_before;
            CREATE INDEX person_word_of_person ON person_word (person_id);
            """),
        Migration(
            "2026-11-29 people: drop the indexes that no query uses",
            """
            DROP INDEX person_assignment_at_site;
            DROP INDEX person_assignment_in_directorate;
            DROP INDEX person_skill_of_skill;
            """),
    ]
}
