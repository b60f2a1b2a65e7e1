#!/bin/sh
# Writes nginx's configuration to stdout: nginx.conf.template with these variables put in.
#
#   REPLICAS          addresses of the replicas, separated by spaces: "172.30.77.11:8501 172.30.77.12:8501". Addresses
#                     and not names, as nginx looks names up only once
#   STATIC            folder made by static.sh
#   STATE             folder that nginx may write to
#   PAGES             folder of the pages shown in case of trouble (default: pages, beside this script)
#   LISTEN            address and port (default: 8080)
#   HEALTH            address and port of the proxy's own health (default: 127.0.0.1:8081)
#   TLS_CERTIFICATE, TLS_KEY    files; with both, LISTEN speaks HTTPS
#   SESSIONS          connections that a replica takes (default: 250)
#   PER_ADDRESS       connections from one network address (default: 200, a lecture hall behind one router)
#   OPENINGS          pages that one address opens, and sessions that it begins, a second (default: 10),
#   OPENINGS_AT_ONCE  after so many at once (default: 400, the lecture hall opening the page twice)
#   UPLOADS           files that one address uploads a second (default: 5),
#   UPLOADS_AT_ONCE   after so many at once (default: 100)
#   TRUSTED           address of a proxy in front of this one, which knows the visitors' addresses
#   WORKERS           processes of nginx (default: auto)
set -eu
here=$(dirname "$0")
: "${REPLICAS:?addresses of the replicas}" "${STATIC:?folder made by static.sh}" "${STATE:?folder to write to}"
PAGES=${PAGES:-$(cd "$here" && pwd)/pages}
SESSIONS=${SESSIONS:-250}
listen=${LISTEN:-8080}
tls=
if [ -n "${TLS_CERTIFICATE:-}" ] && [ -n "${TLS_KEY:-}" ]; then
    listen="$listen ssl http2"
    tls="ssl_certificate $TLS_CERTIFICATE; ssl_certificate_key $TLS_KEY;"
fi

trusted=
[ -z "${TRUSTED:-}" ] || trusted="set_real_ip_from $TRUSTED; real_ip_header X-Forwarded-For;"

# A pool for each replica, with the others as its substitutes, and one of all for visitors without a cookie. They keep
# connections open, which newer versions of nginx do unasked, so that the tests see the same with an older one.
pools() {
    echo "upstream replicas { zone replicas 64k; least_conn;"
    for address in $REPLICAS; do echo "    server $address max_conns=$SESSIONS max_fails=1 fail_timeout=3s;"; done
    echo "    keepalive 16; }"
    number=0
    for own in $REPLICAS; do
        number=$((number + 1))
        echo "upstream replica_$number { zone replica_$number 64k;"
        echo "    server $own max_conns=$SESSIONS max_fails=1 fail_timeout=3s;"
        for other in $REPLICAS; do
            [ "$other" = "$own" ] || echo "    server $other max_conns=$SESSIONS max_fails=1 fail_timeout=3s backup;"
        done
        echo "    keepalive 16; }"
    done
}

# Which pool a cookie asks for, and which replica it was that answered: the last one that was tried.
maps() {
    echo 'map $cookie_replica $pool { default replicas;'
    number=0
    for own in $REPLICAS; do number=$((number + 1)); echo "    $number replica_$number;"; done
    echo '}'
    echo 'map $upstream_addr $answered_by { default "";'
    number=0
    for own in $REPLICAS; do
        number=$((number + 1))
        echo "    \"~(^|[ ,])$(echo "$own" | sed 's/\./\\./g')\$\" $number;"
    done
    echo '}'
}

while IFS= read -r line; do
    case $line in
    *@POOLS@*) pools ;;
    *@MAPS@*) maps ;;
    *@*) printf '%s\n' "$line" | sed -e "s|@LISTEN@|$listen|" -e "s|@TLS@|$tls|" -e "s|@TRUSTED@|$trusted|" -e "s|@STATE@|$STATE|g" \
        -e "s|@HEALTH@|${HEALTH:-127.0.0.1:8081}|" -e "s|@STATIC@|$STATIC|" -e "s|@PAGES@|$PAGES|" \
        -e "s|@WORKERS@|${WORKERS:-auto}|" -e "s|@PER_ADDRESS@|${PER_ADDRESS:-200}|" \
        -e "s|@OPENINGS@|${OPENINGS:-10}|" -e "s|@OPENINGS_AT_ONCE@|${OPENINGS_AT_ONCE:-400}|" \
        -e "s|@UPLOADS@|${UPLOADS:-5}|" -e "s|@UPLOADS_AT_ONCE@|${UPLOADS_AT_ONCE:-100}|" ;;
    *) printf '%s\n' "$line" ;;
    esac
done < "$here/nginx.conf.template"
