{{- range . }}{{ $target := .Target }}{{ range .Vulnerabilities }}
{{- toJson (dict "event" "vulnerability" "image" (env "IMAGE") "target" $target "id" .VulnerabilityID "severity" .Severity "package" .PkgName "installed" .InstalledVersion "fixed" .FixedVersion "url" .PrimaryURL) }}
{{ end }}{{ end -}}
