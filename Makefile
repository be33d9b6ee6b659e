# Attend: build, test, run. No configure, one Makefile for all folders.
#
#   make run        install what is missing, build, open the course       (ARGS="learn counting-g")
#   make test       install what is missing, build and run every test
#   make check      gcc and clang without a warning, layers, include circles, a pure engine
#   make asan       the tests under address and undefined-behaviour sanitizers
#   make fuzz       every fuzz target for SECONDS=60 seconds each
#   make bench      start, key to frame, rows a second, memory
#   make cover      lines covered by the tests, folder by folder
#   make meta       lessons/meta/ and the README's tables anew, when the catalogue grew
#   make format     clang-format over all sources
#   make install    program, lessons, manual page, completion             (PREFIX=/usr/local DESTDIR=)
#   make clean

B        ?= build
PREFIX   ?= /usr/local
VERSION  := 0.1.0
CC       ?= cc
CFLAGS   ?= -O2 -g
SECONDS  ?= 60
V        ?=
Q        := $(if $(V),,@)
SAY      := $(if $(V),@:,@echo)

# Lua's package has another name on each system. Both lists are asked for once, when first needed.
once      = $(eval $(1) := $(2))$($(1))
PKGS      = ncursesw $(LUA) jansson md4c libutf8proc libsodium
LUA       = $(call once,LUA,$(firstword $(foreach l,lua5.4 lua-5.4 lua54 lua,$(shell pkg-config --exists $(l) 2>/dev/null && echo $(l))) lua5.4))
PKGFLAGS  = $(call once,PKGFLAGS,$(filter-out -D%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null)))
PKGLIBS   = $(call once,PKGLIBS,$(shell pkg-config --libs $(PKGS) 2>/dev/null))
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wmissing-prototypes -Werror
OUR       = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -I. -I$(B)/gen $(WARN) $(CFLAGS) $(OPENMP) $(SANITIZE) $(PKGFLAGS) -DATTEND_VERSION='"$(VERSION)"'
# Threads, where the compiler has them.
OPENMP    = $(call once,OPENMP,$(shell echo 'int main(void) { return 0; }' | $(CC) -fopenmp -x c -o /dev/null - 2>/dev/null && echo -fopenmp))
LINK      = $(CC) $(CFLAGS) $(OPENMP) $(SANITIZE) $(LDFLAGS)

# The floors, lowest first: a floor links what stands left of it.
FLOORS   := engine base canvas tutor script store view plain term cmd
DIR_engine := engine engine/mech engine/kernel engine/transformer
$(foreach f,base canvas tutor script store view plain term cmd,$(eval DIR_$(f) := app/$(f)))
SRC_cmd_more := app/loop.c
$(foreach f,$(FLOORS),$(eval SRC_$(f) := $(sort $(foreach d,$(DIR_$(f)),$(wildcard $(d)/*.c)) $(wildcard $(SRC_$(f)_more)))))
$(foreach f,$(FLOORS),$(eval OBJ_$(f) := $(SRC_$(f):%.c=$(B)/%.o)))
LIB       = $(foreach f,$(1),$(B)/lib$(f).a)
OBJS     := $(foreach f,$(FLOORS),$(OBJ_$(f))) $(B)/app/main.o

# What a test program of a floor links, highest first.
NEEDS_engine  := engine
NEEDS_base    := base engine
NEEDS_canvas  := canvas base engine
NEEDS_tutor   := tutor base engine
NEEDS_script  := script tutor base engine
NEEDS_store   := store script tutor base engine
NEEDS_view    := view tutor canvas base engine
NEEDS_plain   := plain tutor canvas base engine
NEEDS_term    := term canvas base engine
NEEDS_cmd     := cmd term plain view store script tutor canvas base engine
NEEDS_lessons := $(NEEDS_cmd)
NEEDS_smoke   := base engine
NEEDS_fuzz    := $(NEEDS_cmd)
NEEDS_bench   := $(NEEDS_cmd)
ALLLIBS       := $(call LIB,$(NEEDS_cmd))

.PHONY: all run test check asan fuzz bench cover meta format install uninstall clean deps deps-test programs fuzz-programs
.DELETE_ON_ERROR:
all: $(B)/attend

run: $(B)/attend
	@ATTEND_PATH="$${ATTEND_PATH:-lessons}" $(B)/attend $(ARGS)

# Does nothing, and takes no network, where everything is there.
deps:
	@.ci/deps run
deps-test:
	@.ci/deps test

# Building

$(B)/attend: $(B)/app/main.o $(ALLLIBS)
	$(SAY) "link $@"
	$(Q)$(LINK) -o $@ $^ $(PKGLIBS) -lm

$(B)/%.o: %.c $(B)/gen/flags | deps
	@mkdir -p $(@D)
	$(SAY) "cc $<"
	$(Q)$(CC) $(OUR) $(MORE) -MMD -MP -c -o $@ $<

# The inner loops are compiled for speed, whatever the rest is; a product and a sum may be one step.
$(B)/engine/kernel/%.o $(B)/engine/transformer/%.o: MORE = -O3 -ffp-contract=fast

# Changes when the compiler or its flags do: then everything is compiled again.
$(B)/gen/flags: FORCE | deps
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(CC) $(OUR))' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
.PHONY: FORCE

# The catalogue's list is made of the file names in engine/mech/.
MECH     := $(sort $(notdir $(basename $(wildcard engine/mech/*.c))))
$(B)/gen/mechanisms.inc: $(wildcard engine/mech) $(wildcard engine/mech/*.c)
	@mkdir -p $(@D)
	@printf '/* made by the Makefile from engine/mech */\n$(foreach m,$(MECH),MECHANISM($(m))\n)' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi
$(B)/engine/catalogue.o: $(B)/gen/mechanisms.inc

# Likewise the verbs, of app/cmd/cmd_<verb>.c.
VERBS    := $(patsubst cmd_%,%,$(sort $(notdir $(basename $(wildcard app/cmd/cmd_*.c)))))
$(B)/gen/commands.inc: $(wildcard app/cmd) $(wildcard app/cmd/cmd_*.c)
	@mkdir -p $(@D)
	@printf '/* made by the Makefile from app/cmd */\n$(foreach v,$(VERBS),COMMAND($(v))\n)' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi
$(B)/app/cmd/cmd.o: $(B)/gen/commands.inc

define FLOOR
$(B)/lib$(1).a: $$(OBJ_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar qcs $$@ $$^
endef
$(foreach f,$(FLOORS),$(eval $(call FLOOR,$(f))))

# Tests: tests/<floor>/test_<module>.c, one program each, in the order of the floors; what several of
# them share are the other files there.

TESTED   := $(FLOORS) lessons smoke
SUPPORT  := $(patsubst %.c,$(B)/%.o,$(wildcard tests/*.c) $(filter-out $(wildcard tests/*/test_*.c tests/*/fuzz_*.c tests/*/bench_*.c),$(wildcard tests/*/*.c)))
$(foreach f,$(TESTED),$(eval TESTS_$(f) := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/$(f)/test_*.c)))))
TESTS    := $(foreach f,$(TESTED),$(TESTS_$(f)))
FUZZ     := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH    := $(patsubst %.c,$(B)/%,$(wildcard tests/bench/bench_*.c))

$(TESTS:=.o) $(BENCH:=.o) $(FUZZ:=.o) $(SUPPORT): | deps-test
$(B)/libsupport.a: $(SUPPORT)
	@mkdir -p $(@D)
	@rm -f $@
	@ar qcs $@ $^

define PROGRAM
$(B)/tests/$(1)/$(2)_%: $(B)/tests/$(1)/$(2)_%.o $(B)/libsupport.a $$(call LIB,$$(NEEDS_$(1)))
	$$(SAY) "link $$@"
	$$(Q)$$(LINK) $(3) -o $$@ $$^ $$(PKGLIBS) $(4) -lm
endef
$(foreach f,$(TESTED),$(eval $(call PROGRAM,$(f),test,,-lcmocka)))
$(eval $(call PROGRAM,fuzz,fuzz,-fsanitize=fuzzer,))
$(eval $(call PROGRAM,bench,bench,$$(WRAP),))
# The bench of the whole program counts what the house itself allocates.
$(B)/tests/bench/bench_attend: WRAP = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc


programs: $(B)/attend $(TESTS)
fuzz-programs: $(FUZZ)

test: programs
	@ATTEND_PROGRAM=$(B)/attend sh tests/run.sh $(TESTS)

asan:
	@ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
	  $(MAKE) --no-print-directory B=$(B)/asan CFLAGS="-O1 -g -fno-omit-frame-pointer" SANITIZE="-fsanitize=address,undefined" test

check:
	@.ci/deps check
	@$(MAKE) --no-print-directory programs $(BENCH)
	@case "$$($(CC) --version)" in *"Free Software"*) ;; *) $(MAKE) --no-print-directory B=$(B)/gcc CC=gcc programs ;; esac
	@$(MAKE) --no-print-directory B=$(B)/clang CC=clang programs
	@echo "compilers: no warning from gcc and clang"
	@sh tests/house/check.sh $(B)

fuzz:
	@.ci/deps check
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang CFLAGS="-O1 -g" SANITIZE="-fsanitize=address,undefined,fuzzer-no-link" fuzz-programs
	@sh tests/house/fuzz.sh $(B)/fuzz $(SECONDS)

bench: $(B)/attend $(BENCH)
	@for b in $(BENCH); do ATTEND_PROGRAM=$(B)/attend $$b || exit 1; done

cover:
	@$(MAKE) --no-print-directory B=$(B)/cover CFLAGS="-O0 -g --coverage" test
	@sh tests/house/cover.sh $(B)/cover

# What editors are told of the lessons' interface, and the README's tables, made anew.
meta: $(B)/tests/script/test_meta $(B)/tests/cmd/test_readme
	$(B)/tests/script/test_meta --write
	$(B)/tests/cmd/test_readme --write

format:
	clang-format -i $(shell find app engine tests -name '*.[ch]')

# Installing

$(B)/attend.1: $(B)/attend
	@$(B)/attend help --man > $@
$(B)/attend.bash: $(B)/attend
	@$(B)/attend completion bash > $@

SHARE     = $(DESTDIR)$(PREFIX)/share
install: $(B)/attend $(B)/attend.1 $(B)/attend.bash
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions $(SHARE)/attend
	install -m 755 $(B)/attend $(DESTDIR)$(PREFIX)/bin/attend
	install -m 644 $(B)/attend.1 $(SHARE)/man/man1/attend.1
	install -m 644 $(B)/attend.bash $(SHARE)/bash-completion/completions/attend
	cd lessons && find . -type f -exec install -D -m 644 {} "$(abspath $(SHARE))/attend/lessons/{}" \;

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/attend $(SHARE)/man/man1/attend.1 $(SHARE)/bash-completion/completions/attend
	rm -rf $(SHARE)/attend

clean:
	rm -rf $(B)

-include $(OBJS:.o=.d) $(TESTS:=.d) $(SUPPORT:.o=.d) $(FUZZ:=.d) $(BENCH:=.d)
