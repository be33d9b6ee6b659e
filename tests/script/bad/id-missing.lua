-- id-missing.lua:4: the id is missing: id =
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, version = "1", title = "X", minutes = 1, at.page("a", { "x" }) }
