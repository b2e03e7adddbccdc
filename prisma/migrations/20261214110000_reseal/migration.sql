-- The app may put another envelope around a sealed value: nothing else of what is only added to, and once only. What DATA_KEYS
-- sealed (`v1`) is sealed by a subject's key (`v2`), or by another one of DATA_KEYS, and is as long as before. A `v2` stays.
CREATE FUNCTION "reseal_values"("of_table" TEXT, "of_column" TEXT, "places" TID[], "was" TEXT[], "becomes" TEXT[])
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
    EXECUTE format('UPDATE %I AS t SET %I = v.new FROM unnest($1, $2, $3) AS v(place, old, new)
        WHERE t.ctid = v.place AND t.%I = v.old', "of_table", "of_column", "of_column")
    USING "places", "was", "becomes";
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('ryadom.erasing', 'off', true);
    RETURN changed;
END
$$;

-- Another envelope is no change that anybody reads about.
CREATE OR REPLACE FUNCTION "note_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('ryadom.erasing', true) = 'on' THEN
        RETURN NEW;
    END IF;
    NEW."updated_at" := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE OR REPLACE FUNCTION "note_update_of"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part JSONB := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
    IF current_setting('ryadom.erasing', true) = 'on' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('UPDATE %I SET updated_at = clock_timestamp() WHERE id = $1 AND updated_at < transaction_timestamp()', TG_ARGV[0])
    USING (part ->> TG_ARGV[1])::uuid;
    RETURN NULL;
END
$$;
