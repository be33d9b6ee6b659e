-- method-with-a-dot.lua:7: this is a method: call it as pattern:name(...), with a colon
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = P.window { w = 2 }:at(8).count(7) }),
}
