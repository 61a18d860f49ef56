-- An Application is as healthy as what it applies; one that has not been looked at yet is on its way.
local health = obj.status and obj.status.health
if not health or not health.status then
  return { status = "Progressing", message = "not looked at yet" }
end
return { status = health.status, message = health.message or "" }
