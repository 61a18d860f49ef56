#!/bin/sh
# Looks for vulnerabilities in every image of the list and writes one line of JSON for each of them.
# Ends with {{ found }} where some were found, with 1 where an image could not be looked at, with 0 otherwise.
set -eu

trivy image --download-db-only --no-progress
trivy image --download-java-db-only --no-progress

scanned=0
vulnerable=0
failed=0
while IFS= read -r IMAGE; do
  export IMAGE
  status=0
  trivy image \
    --skip-db-update --skip-java-db-update --skip-version-check \
    --scanners vuln \
    --severity {{ severities | quote }} \
{% if not unfixed %}
    --ignore-unfixed \
{% endif %}
    --timeout {{ timeout }} \
    --exit-code {{ found }} \
    --format template --template {{ ("@" ~ findings) | quote }} \
    --no-progress \
    "$IMAGE" </dev/null || status=$?
  scanned=$((scanned + 1))
  case $status in
    0) ;;
    {{ found }})
      vulnerable=$((vulnerable + 1))
      printf '{"event":"image","image":"%s","result":"vulnerable"}\n' "$IMAGE"
      ;;
    *)
      failed=$((failed + 1))
      printf '{"event":"image","image":"%s","result":"not scanned","status":%d}\n' "$IMAGE" "$status"
      ;;
  esac
done <{{ images | quote }}

printf '{"event":"scan","images":%d,"vulnerable":%d,"failed":%d}\n' "$scanned" "$vulnerable" "$failed"
[ "$failed" -eq 0 ] || exit 1
[ "$vulnerable" -eq 0 ] || exit {{ found }}
