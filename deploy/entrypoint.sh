#!/bin/sh
# The image's command, as `advisor`. A line without a value, such as `PORT=` of .env.example, counts as not set here, too.
export ADVISOR_CACHE_DIR="${ADVISOR_CACHE_DIR:-/opt/cache}"
export DATABASE_URL="${DATABASE_URL:-sqlite:////data/advisor.db}"
export PORT="${PORT:-8000}"

# Who has a cache folder of their own, for another knowledge base, needs the encoder there.
for encoder in /opt/cache/*/; do
    place="$ADVISOR_CACHE_DIR/$(basename "$encoder")"
    if [ -d "$encoder" ] && [ "$ADVISOR_CACHE_DIR" != off ] && [ ! -e "$place" ]; then
        mkdir -p "$ADVISOR_CACHE_DIR" && ln -sfn "${encoder%/}" "$place"
    fi
done

# Hosts differ in what they put in front of a command: nothing, `advisor`, or a shell.
case "${1-}" in
    advisor) shift ;;
    sh | bash | /*) exec "$@" ;;
esac
exec /opt/advisor/bin/python -P -m adapters.cli.main "$@"
