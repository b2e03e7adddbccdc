-- Whoever writes to a row moves it, and a value that is looked for at its place is not there any more. Without places it is found by
-- itself, wherever its row is: no two sealed values are alike.
CREATE OR REPLACE FUNCTION "reseal_values"("of_table" TEXT, "of_column" TEXT, "places" TID[], "was" TEXT[], "becomes" TEXT[])
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed INTEGER;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
            JOIN pg_attribute a ON a.attrelid = r.oid AND c.conkey = ARRAY[a.attnum]
        WHERE c.contype = 'c' AND r.relnamespace = 'public'::regnamespace AND r.relname = "of_table"
            AND a.attname = "of_column" AND pg_get_constraintdef(c.oid) LIKE '%''v\_.\%.\%''%'
    ) THEN
        RAISE EXCEPTION '%.% is not sealed', "of_table", "of_column" USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM unnest("was", "becomes") AS v(old, new)
        WHERE old NOT LIKE 'v1.%' OR new !~ '^v[12]\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$'
            OR split_part(old, '.', 2) = split_part(new, '.', 2)
            OR length(split_part(old, '.', 3)) <> length(split_part(new, '.', 3))
    ) THEN
        RAISE EXCEPTION 'only the envelope of a value may change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('ryadom.erasing', 'on', true);
    IF "places" IS NULL THEN
        EXECUTE format('UPDATE %I AS t SET %I = v.new FROM unnest($1, $2) AS v(old, new) WHERE t.%I = v.old', "of_table", "of_column", "of_column")
        USING "was", "becomes";
    ELSE
        EXECUTE format('UPDATE %I AS t SET %I = v.new FROM unnest($1, $2, $3) AS v(place, old, new)
            WHERE t.ctid = v.place AND t.%I = v.old', "of_table", "of_column", "of_column")
        USING "places", "was", "becomes";
    END IF;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('ryadom.erasing', 'off', true);
    RETURN changed;
END
$$;
