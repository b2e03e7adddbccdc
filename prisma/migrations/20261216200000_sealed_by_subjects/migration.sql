-- As in `subject_keys`, for what came since: sealed by DATA_KEYS (`v1`) or by a subject's key (`v2`).
DO $$
DECLARE
    checked RECORD;
BEGIN
    FOR checked IN
        SELECT conrelid::regclass AS of_table, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
            AND pg_get_constraintdef(oid) LIKE '%''v1.\%.\%''%' AND conname <> 'subject_keys_wrapped_sealed'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', checked.of_table, checked.conname,
            checked.conname, replace(checked.definition, '''v1.%.%''', '''v_.%.%'''));
    END LOOP;
END
$$;
