-- pattern-and-n.lua:7: pages[2].parts[1].n: the pattern brings its own; leave this out
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { pattern = P.window { w = 2 }:at(8), n = 8 } }),
}
