// Builds promtool at the version of the server whose configuration it judges; see `.ci/run`.
module promtool

go 1.25.8

tool github.com/prometheus/prometheus/cmd/promtool

require github.com/prometheus/prometheus v0.314.0

replace cloud.google.com/go => cloud.google.com/go v0.123.0
