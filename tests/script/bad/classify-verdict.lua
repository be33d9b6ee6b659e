-- classify-verdict.lua:7: pages[2].right: "position" is none of the verdicts
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("which", at.classify { "Which?", right = "position" }),
}
