-- later-function.lua:7: this version has no at.design yet
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.design("build", { "Build it." }),
}
