-- A copy of somebody's data that staff made for a request on paper, why somebody opened data that were blocked, and that DATA_KEYS
-- were rotated.
ALTER TABLE "data_request_steps" DROP CONSTRAINT "data_request_steps_kind_check";
ALTER TABLE "data_request_steps" ADD CONSTRAINT "data_request_steps_kind_check" CHECK (
    "kind" IN ('received', 'restricted', 'unrestricted', 'withdrawn', 'erased', 'answered', 'closed', 'copied', 'looked')
);

DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L))',
        allowed, 'data-requests.copied', 'data-requests.looked', 'keys.rotated'
    );
END
$$;
