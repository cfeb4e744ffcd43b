# SPDX-License-Identifier: Apache-2.0
# Tidewaiter in a container, built from this source tree:
#   docker build -t tidewaiter .
#   docker run --rm -i tidewaiter assess - <lines.csv
#   docker run --rm -v "$PWD:/data" tidewaiter assess lines.csv --format table
# `make check-docker` follows these steps, without Docker, in a chroot.

FROM debian:12 AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
      g++ libboost-dev librdkit-dev make scdoc
WORKDIR /source
COPY . .
RUN make install PREFIX=/usr/local DESTDIR=/installed

FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends \
      libexpat1 libjansson4 libmicrohttpd12 librdkit1 libsqlite3-0 libutf8proc2 libyaml-0-2 libzstd1 zlib1g && \
    rm -rf /var/lib/apt/lists/*
COPY --from=build /installed/ /
RUN ldconfig && useradd --system --user-group --create-home tidewaiter
USER tidewaiter
WORKDIR /data
ENTRYPOINT ["tidewaiter"]
CMD ["help"]
