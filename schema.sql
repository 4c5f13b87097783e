CREATE TABLE migration
(number BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL);

CREATE TABLE directorate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
);

CREATE TABLE site (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('regional_centre', 'touchdown', 'other'))
);

CREATE TABLE team (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    directorate_id BIGINT NOT NULL REFERENCES directorate (id),
    name TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (directorate_id, name)
);

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_number TEXT COLLATE BINARY NOT NULL UNIQUE CHECK (staff_number <> ''),
    username TEXT COLLATE BINARY NOT NULL UNIQUE CHECK (username <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name TEXT COLLATE BINARY NOT NULL,
    left_on TEXT
);

CREATE INDEX person_by_sort_name ON person (sort_name, id);

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

CREATE TABLE person_identity (
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (provider, subject)
);

CREATE INDEX person_identity_of_person ON person_identity (person_id);

CREATE TABLE skill (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE course (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE credential (
    person_id BIGINT PRIMARY KEY REFERENCES person (id),
    password TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    must_change BIGINT NOT NULL CHECK (must_change IN (0, 1))
);

CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE audit_verified (
    place BIGINT PRIMARY KEY CHECK (place = 1),
    number BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    whole_at TEXT NOT NULL
);

CREATE TABLE person_word (
    word TEXT COLLATE BINARY NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (word, person_id)
);

CREATE INDEX person_word_of_person ON person_word (person_id);

CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
, language TEXT NOT NULL DEFAULT 'en' CHECK (language <> ''), retired_at TEXT);

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
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_id BIGINT REFERENCES queue (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    message TEXT NOT NULL CHECK (message <> ''),
    CHECK (starts_at < ends_at)
);

CREATE INDEX closure_by_end ON closure (ends_at);

CREATE TABLE queue_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_id BIGINT REFERENCES queue (id),
    person_id BIGINT REFERENCES person (id),
    at TEXT NOT NULL,
    summary TEXT NOT NULL
);

CREATE INDEX queue_change_of_queue ON queue_change (queue_id, id);

CREATE TABLE desk_time (
    adviser_id BIGINT NOT NULL REFERENCES person (id),
    from_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    doing TEXT NOT NULL,
    reason TEXT,
    place TEXT NOT NULL,
    team_id BIGINT,
    milliseconds BIGINT NOT NULL CHECK (milliseconds >= 0)
, skills TEXT NOT NULL DEFAULT '');

CREATE INDEX desk_time_of_adviser ON desk_time (adviser_id, from_at);

CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
    word TEXT COLLATE BINARY NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (word, contact_id)
);

CREATE TABLE offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE routing_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    contact_id BIGINT,
    adviser_id BIGINT,
    queue_id BIGINT
);

CREATE TABLE ready_reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_id BIGINT REFERENCES queue (id),
    title TEXT NOT NULL CHECK (title <> ''),
    text TEXT NOT NULL CHECK (text <> '')
);

CREATE TABLE wrap_up_code (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    position BIGINT NOT NULL
, is_removed BOOLEAN NOT NULL DEFAULT FALSE);

CREATE TABLE break_reason (
    title TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE INDEX contact_word_of_contact ON contact_word (contact_id, word);

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

CREATE INDEX desk_present ON desk (doing, place) WHERE status <> 'offline';

CREATE INDEX desk_busy ON desk (doing, place, team_id, skills, doing_since, adviser_id)
    WHERE doing <> 'offline';

CREATE INDEX desk_time_by_start ON desk_time (from_at, doing, place, team_id, skills, milliseconds);

CREATE TABLE erasure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE past_day (
    day TEXT PRIMARY KEY,
    counts TEXT NOT NULL
);

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
, away_since TEXT);

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

CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL);
