-- later-view.lua:7: pages[2].parts[1].view: this version has no view "hops" yet
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = P.window { w = 2 }, view = "hops" } }),
}
