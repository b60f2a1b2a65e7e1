# Two images from one file: `app`, the app in one process, and `proxy`, nginx in front of several (compose.yaml).
# What they start from, by digest, so that it changes only with this file; the tag says which it is. To raise one, take
# the digest that `docker buildx imagetools inspect python:3.11-slim` prints (CONTRIBUTING.md, Dependencies).
ARG PYTHON=python:3.11.17-slim@sha256:45037981b62b34b44602584fccbc4d884d5f7dc92c7ee86bb38a698a79fe1e51
ARG NGINX=nginxinc/nginx-unprivileged:1.30.5-alpine@sha256:ed04ec1ff34502c339ee5c3ae3f855442398edc1d05591e2b98981dcbbd20b1e

# What both need: the packages, and Streamlit's own files compressed once instead of at every request.
FROM ${PYTHON} AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
COPY deploy/nginx/static.sh .
RUN sh static.sh /venv /compressed

FROM ${NGINX} AS proxy
COPY --from=packages /compressed /srv/streamlit
COPY deploy/nginx /deploy
ENV STATE=/tmp/nginx STATIC=/srv/streamlit PAGES=/deploy/pages
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["sh", "-c", "wget -q -T 2 -O /dev/null http://127.0.0.1:${HEALTH_PORT:-8081}/health"]
ENTRYPOINT ["sh", "/deploy/start.sh"]

# Last, so that a plain `docker build .`, as a Hugging Face Space does it, makes the app.
FROM ${PYTHON} AS app
# Hugging Face runs containers as user 1000.
RUN useradd --create-home --uid 1000 app
COPY --from=packages /venv /venv
WORKDIR /app
COPY app.py ./
COPY .streamlit .streamlit
COPY engine engine
COPY pages pages
COPY deploy/config.toml /home/app/.streamlit/config.toml
# Compiled once, here: at run time nothing may be written.
RUN /venv/bin/python -m compileall -q app.py engine pages
USER app
# Every run of a script is a thread, and glibc would give each an arena of its own that it hardly ever gives back.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["/venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
CMD ["/venv/bin/python", "-m", "streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0"]
