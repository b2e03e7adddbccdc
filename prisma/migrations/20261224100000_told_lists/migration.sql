-- Every instance has the centre's own lists in memory, and is told when somebody has changed one (ADR 124).
CREATE FUNCTION "tell_centre_lists"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ryadom_centre_lists', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER "territories_told" AFTER INSERT OR UPDATE OR DELETE ON "territories"
    FOR EACH STATEMENT EXECUTE FUNCTION "tell_centre_lists"();
CREATE TRIGGER "centre_days_told" AFTER INSERT OR UPDATE OR DELETE ON "centre_days"
    FOR EACH STATEMENT EXECUTE FUNCTION "tell_centre_lists"();
CREATE TRIGGER "places_told" AFTER INSERT OR UPDATE OR DELETE ON "places"
    FOR EACH STATEMENT EXECUTE FUNCTION "tell_centre_lists"();
