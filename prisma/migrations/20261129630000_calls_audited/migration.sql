-- That somebody noted a phone call with a family is audited: it ends what the family was promised.
ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'request.flags', 'request.not-urgent', 'request.called', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed', 'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits', 'family.account', 'family.safety', 'family.safety-changed', 'family.safety-override', 'words.changed', 'surveys.changed', 'surveys.answers', 'surveys.export',
        'access.ended', 'access.limit-changed', 'audit.seen'
    ));
