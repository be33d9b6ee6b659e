# Attend: build, test, run. No recursion, no configure.
#
#   make run      install what is missing, build, open the course
#   make test     install what is missing, build and run every test
#   make check    warnings as errors with gcc and clang, layers, include circles, engine purity
#   make asan fuzz bench cover format install clean

B        ?= build
PREFIX   ?= /usr/local
VERSION  := 0.1.0
CC       ?= cc
PKGS     := ncursesw lua5.4 jansson md4c libutf8proc libsodium
CFLAGS   ?= -O2 -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wmissing-prototypes -Werror
PKGFLAGS  = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKGLIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
OUR       = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -I. -I$(B)/gen $(WARN) $(CFLAGS) $(SANITIZE) $(PKGFLAGS) -DATTEND_VERSION='"$(VERSION)"'
LINK      = $(CFLAGS) $(SANITIZE) $(LDFLAGS)

# The floors, lowest first: a floor links what stands left of it.
FLOORS   := engine base canvas tutor script store view plain term cmd
DIR_engine := engine engine/mech
$(foreach f,base canvas tutor script store view plain term cmd,$(eval DIR_$(f) := app/$(f)))
SRC_cmd_more := app/loop.c
$(foreach f,$(FLOORS),$(eval SRC_$(f) := $(sort $(foreach d,$(DIR_$(f)),$(wildcard $(d)/*.c)) $(wildcard $(SRC_$(f)_more)))))
$(foreach f,$(FLOORS),$(eval OBJ_$(f) := $(SRC_$(f):%.c=$(B)/%.o)))
LIB       = $(foreach f,$(1),$(B)/lib$(f).a)
ALLLIBS  := $(call LIB,cmd term plain view store script tutor canvas base engine)
OBJS     := $(foreach f,$(FLOORS),$(OBJ_$(f)))

# What a test program of a floor links, highest first.
NEEDS_engine := engine
NEEDS_base   := base engine
NEEDS_canvas := canvas base engine
NEEDS_tutor  := tutor base engine
NEEDS_script := script tutor base engine
NEEDS_store  := store script tutor base engine
NEEDS_view   := view tutor canvas base engine
NEEDS_plain  := plain tutor canvas base engine
NEEDS_term   := term canvas base engine
NEEDS_cmd    := cmd term plain view store script tutor canvas base engine

MECH     := $(sort $(notdir $(basename $(wildcard engine/mech/*.c))))

.PHONY: all run test check asan fuzz bench cover format install uninstall clean deps deps-test
all: $(B)/attend

$(B)/attend: $(B)/app/main.o $(ALLLIBS)
	$(CC) $(LINK) -o $@ $^ $(PKGLIBS) -lm

# The catalogue's list is made of the file names in engine/mech/.
$(B)/gen/mechanisms.inc: $(wildcard engine/mech) $(wildcard engine/mech/*.c) Makefile
	@mkdir -p $(@D)
	@printf '/* made by the Makefile from engine/mech */\n$(foreach m,$(MECH),MECHANISM($(m))\n)' > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(B)/engine/catalogue.o: $(B)/gen/mechanisms.inc

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(OUR) -MMD -MP -c -o $@ $<

define FLOOR
$(B)/lib$(1).a: $$(OBJ_$(1))
	@rm -f $$@
	@mkdir -p $$(@D)
	ar rcs $$@ $$^
endef
$(foreach f,$(FLOORS),$(eval $(call FLOOR,$(f))))

# Tests: tests/<floor>/test_<module>.c, one program each, in the order of the floors.
$(foreach f,$(FLOORS),$(eval TESTS_$(f) := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/$(f)/test_*.c)))))
TESTS     := $(foreach f,$(FLOORS),$(TESTS_$(f)))
define FLOORTEST
$(B)/tests/$(1)/test_%: tests/$(1)/test_%.c $(wildcard tests/*.c) $$(call LIB,$$(NEEDS_$(1)))
	@mkdir -p $$(@D)
	$$(CC) $$(OUR) -MMD -MP -MF $$@.d -o $$@ $$(filter %.c,$$^) $$(filter %.a,$$^) $$(LDFLAGS) $$(PKGLIBS) -lcmocka -lm
endef
$(foreach f,$(FLOORS),$(eval $(call FLOORTEST,$(f))))

-include $(OBJS:.o=.d) $(B)/app/main.d $(TESTS:=.d)
