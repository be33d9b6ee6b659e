-- minutes-missing.lua:4: the time is missing: minutes =
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "x", version = "1", title = "X", at.page("a", { "x" }) }
