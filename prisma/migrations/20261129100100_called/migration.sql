-- A specialist has spoken with the family: a human word, which ends the wait.
ALTER TABLE "request_events"
    DROP CONSTRAINT "request_events_kind_check",
    ADD CONSTRAINT "request_events_kind_check" CHECK ("kind" IN (
        'submitted', 'assigned', 'claimed', 'passed-on', 'escalated', 'note', 'staff-note', 'answer', 'stage', 'closed', 'withdrawn',
        'urgent', 'not-urgent', 'safety-checked', 'called'
    ));
