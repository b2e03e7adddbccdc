-- The two users of Ryadom's database, for an administrator to run in that database: before the first start, or on one that
-- belonged to a single user. It can be repeated. Then give each its password, and see docs/operations.md.
DO $$
DECLARE
    named TEXT;
BEGIN
    FOREACH named IN ARRAY ARRAY['ryadom_migrate', 'ryadom_app', 'ryadom_survey_results', 'ryadom_survey_supervisor', 'ryadom_survey_curator'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = named) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I', named);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
END
$$;
ALTER ROLE ryadom_migrate LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE ryadom_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT ryadom_survey_results, ryadom_survey_supervisor, ryadom_survey_curator TO ryadom_migrate, ryadom_app;

-- Nobody creates anything but the owner, not even a temporary table.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO ryadom_migrate', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ryadom_app', current_database());
END
$$;
ALTER SCHEMA public OWNER TO ryadom_migrate;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- What an earlier user of the app owned.
DO $$
DECLARE
    statement TEXT;
BEGIN
    FOR statement IN
        SELECT format('ALTER SCHEMA %I OWNER TO ryadom_migrate', nspname) FROM pg_namespace WHERE nspname = 'pgboss'
        UNION ALL
        SELECT format('ALTER %s %s OWNER TO ryadom_migrate',
            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, r.oid::regclass)
        FROM pg_class r WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
            AND relkind IN ('r', 'p', 'v', 'S') AND NOT EXISTS (
                -- A table's own sequence and an extension's tables follow them.
                SELECT FROM pg_depend d WHERE d.objid = r.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i', 'e')
                    AND (relkind = 'S' OR d.deptype = 'e')
            )
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO ryadom_migrate', p.oid::regprocedure)
        FROM pg_proc p WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO ryadom_migrate', t.oid::regtype)
        FROM pg_type t WHERE typtype IN ('e', 'd') AND typnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;
