# The bot, both wings in one process by default; `docker run … smsbot worker` runs one of them.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.txt .
RUN python -m venv /opt/smsbot && /opt/smsbot/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md ./
COPY bot bot
COPY gateway gateway
COPY locales locales
COPY sandbox sandbox
RUN /opt/smsbot/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 smsbot && install -d -o smsbot /var/lib/smsbot
COPY --from=build /opt/smsbot /opt/smsbot
ENV PATH=/opt/smsbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SMSBOT_DATABASE_URL=sqlite+aiosqlite:////var/lib/smsbot/smsbot.sqlite
USER smsbot
WORKDIR /var/lib/smsbot
VOLUME /var/lib/smsbot
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["smsbot", "health"]
ENTRYPOINT ["smsbot"]
CMD ["run"]
