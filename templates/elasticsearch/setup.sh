#!/usr/bin/env bash
# Brings lifecycle policies, index templates, roles, users and passwords in line. It may run at any time, as often as wanted:
# what is right already stays, and a password is set only where the present one does not let its user in.
set -euo pipefail

url={{ url | quote }}
authority={{ authority | quote }}
directory={{ directory | quote }}

# Names and passwords go to curl in files that nobody else may read: on a command line every process could see them.
umask 077
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
answer=$scratch/answer
body=$scratch/body.json

fail() {
  echo "setup: $*" >&2
  exit 1
}

# content FILE: what a mounted Secret holds, as one line of plain characters.
content() {
  local text
  text=$(<"$1")
  if [[ -z $text || $text == *[[:cntrl:]]* ]]; then
    fail "$1 is empty or has control characters"
  fi
  printf '%s' "$text"
}

# quoted TEXT: the text between double quotes, as JSON and curl's configuration both read it.
quoted() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "$text"
}

# login FILE NAME PASSWORD: writes who curl is.
login() {
  printf 'user = %s\n' "$(quoted "$2:$3")" >"$1"
}

# request WHO METHOD PATH [BODY]: prints the status; the answer is in $answer. 000 stands for no answer at all.
request() {
  local arguments=(--config "$1" --cacert "$authority" --request "$2" --silent --show-error --max-time 60)
  arguments+=(--output "$answer" --write-out '%{http_code}')
  if [[ $# -gt 3 ]]; then
    arguments+=(--header 'Content-Type: application/json' --data-binary "@$4")
  fi
  : >"$answer"
  curl "${arguments[@]}" "$url$3" || true
}

# must METHOD PATH BODY: as the superuser; anything but success ends the run with what Elasticsearch said.
must() {
  local status
  status=$(request "$superuser" "$@")
  if [[ $status != 2?? ]]; then
    fail "$1 $2: $status $(head -c 2000 "$answer")"
  fi
  echo "$1 $2: $status"
}

# lets_in NAME PASSWORD: whether the user has this password.
lets_in() {
  login "$scratch/candidate" "$1" "$2"
  [[ $(request "$scratch/candidate" GET /_security/_authenticate) == 200 ]]
}

# user NAME PASSWORD ROLE
user() {
  local name=$1 password=$2 role=$3
  if [[ ! $name =~ ^[a-z][a-z0-9_-]*$ || $name == elastic || $name == *_system ]]; then
    fail "$name cannot be the name of a user of ours"
  fi
  if lets_in "$name" "$password"; then
    printf '{"roles":[%s]}' "$(quoted "$role")" >"$body"
  else
    printf '{"roles":[%s],"password":%s}' "$(quoted "$role")" "$(quoted "$password")" >"$body"
  fi
  must PUT "/_security/user/$name" "$body"
}

superuser=$scratch/superuser
password=$(content {{ superuser_password | quote }})
login "$superuser" elastic "$password"

# A cluster that starts for the first time takes a few minutes to elect a master.
for attempt in {1..30}; do
  status=$(request "$superuser" GET '/_cluster/health?wait_for_status=yellow&timeout=10s')
  if [[ $status == 200 ]]; then
    break
  elif [[ $status == 401 ]]; then
    fail "the user elastic has another password"
  elif [[ $attempt == 30 ]]; then
    fail "no healthy cluster: $status $(head -c 2000 "$answer")"
  fi
  sleep "${SETUP_PAUSE:-10}"
done

{% for document in documents %}
must PUT {{ document.path | quote }} "$directory"/{{ document.file | quote }}
{% endfor %}
{% for user in users %}

name=$(content {{ user.username | quote }})
password=$(content {{ user.password | quote }})
user "$name" "$password" {{ user.role | quote }}
{% endfor %}
{% if kibana_password %}

password=$(content {{ kibana_password | quote }})
if lets_in kibana_system "$password"; then
  echo "kibana_system: unchanged"
else
  printf '{"password":%s}' "$(quoted "$password")" >"$body"
  must POST /_security/user/kibana_system/_password "$body"
fi
{% endif %}
