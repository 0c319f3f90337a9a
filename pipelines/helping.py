"""Help pages: one layout for `pim`, its groups and its commands, in the language of the run.

typer's own pages are English and run examples together into one paragraph.
"""

import shutil
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from pipelines.settings import load_settings
from pipelines.terminal import say

if TYPE_CHECKING:
    # Only for types: typer has no public name for what it hands to `get_help`.
    from typer._click import Command as AnyCommand
    from typer._click import Context, Parameter

COMMON = say("Opcje wspólne", "Common options")
"""The part of the page for what most commands have; an option joins it as its help panel."""

LANG = typer.Option(
    "--lang",
    metavar="pl|en",
    help=say("Język komunikatów; domyślnie pl.", "Language of messages; pl unless given."),
    rich_help_panel=COMMON,
)
"""Taken everywhere: each page is in both languages. `terminal.language` finds it by itself."""

# typer's own options, in English: `pim completion` does the same as two, and we word the third.
_ELSEWHERE = {"install_completion", "show_completion", "help"}
_MAX_WIDTH = 100
_NAME_WIDTH = 26


class PimCommand(TyperCommand):
    """A command whose help page has examples, one a line, and that can be told how to talk."""

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Its own options, and those that say how it talks."""
        return _with_common(super().get_params(ctx))

    def invoke(self, ctx: "Context") -> object:
        """Set up the log, then run the command."""
        return _talked(ctx, super().invoke)

    def get_help(self, ctx: "Context") -> str:
        """The help page."""
        arguments = [p for p in self.params if isinstance(p, TyperArgument)]
        usage = " ".join([ctx.command_path, say("[opcje]", "[options]"), *map(_place, arguments)])
        return _layout(
            self,
            ctx,
            usage,
            _section(
                say("Argumenty", "Arguments"),
                [(_metavar(a), a.help or "") for a in arguments],
            ),
        )


class PimGroup(TyperGroup):
    """A group of commands whose help page lists them and has examples, one a line.

    One that does something by itself is a command, too, and can be told how to talk.
    """

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Its own options, and those of a command where it is one."""
        own = super().get_params(ctx)
        return _with_common(own, None if self.invoke_without_command else {"lang"})

    def invoke(self, ctx: "Context") -> object:
        """Run the command that is named, which sets up the log, or else the group itself."""
        if ctx._protected_args:  # noqa: SLF001 - typer has no public name for what is left to read
            _hear(ctx)
            return super().invoke(ctx)
        return _talked(ctx, super().invoke)

    def get_help(self, ctx: "Context") -> str:
        """The help page."""
        usage = f"{ctx.command_path} {say('<polecenie> [opcje]', '<command> [options]')}"
        commands = [(name, _first_sentence(c.help or "")) for name, c in self.commands.items()]
        return _layout(self, ctx, usage, _section(say("Polecenia", "Commands"), commands))


class Page(TypedDict):
    """What `typer.Typer.command` is told, so that a command has a page of this kind."""

    cls: type[TyperCommand]
    help: str
    epilog: str


def page(pl: str, en: str, *examples: str) -> Page:
    """The help page of a command; its group shows the first sentence of the text."""
    return Page(cls=PimCommand, help=say(pl, en), epilog="\n".join(examples))


def pages(command: "AnyCommand", path: str = "pim") -> Iterator[tuple[str, str]]:
    """What to type for each group and command, and its help page, in the order of the lists."""
    if isinstance(command, PimGroup | PimCommand):
        yield path, command.get_help(command.context_class(command, info_name=path))
    if isinstance(command, PimGroup):
        for name, inner in command.commands.items():
            yield from pages(inner, f"{path} {name}")


def _talk(
    lang: Annotated[str | None, LANG] = None,
    verbose: Annotated[
        int,
        typer.Option(
            "--verbose",
            "-v",
            count=True,
            help=say(
                "Mów, co się dzieje; -vv: także biblioteki.",
                "Say what happens; -vv: libraries, too.",
            ),
            rich_help_panel=COMMON,
        ),
    ] = 0,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            "-q",
            help=say("Bez postępu i uwag; tylko błędy.", "No progress, no remarks; errors only."),
            rich_help_panel=COMMON,
        ),
    ] = False,
    log_format: Annotated[
        str | None,
        typer.Option(
            "--log-format",
            metavar="text|json",
            help=say("Postać tego, co idzie na stderr.", "Form of what goes to stderr."),
            rich_help_panel=COMMON,
        ),
    ] = None,
) -> None:
    """How a command talks: typer makes the options of every command from this."""


@cache
def _talking() -> "list[Parameter]":
    app = typer.Typer(add_completion=False)
    app.command()(_talk)
    return get_command(app).params


def _with_common(own: "list[Parameter]", names: Collection[str] | None = None) -> "list[Parameter]":
    """The options of a command and the common ones, all or those named, that it lacks."""
    taken = {option.name for option in own}
    wanted = (o for o in _talking() if names is None or o.name in names)
    return [*own, *(o for o in wanted if o.name not in taken)]


def _talked(ctx: "Context", run: "Callable[[Context], object]") -> object:
    """Run a command with the log set up as its own words and those of its groups say."""
    # Imported here: `--help` logs nothing.
    from pipelines.logs import logged, set_up

    _hear(ctx)
    said = {name: word for name, word in ctx.meta[__name__].items() if name != "lang"}
    set_up(**said)
    with logged(ctx.command_path):
        return run(ctx)


def _hear(ctx: "Context") -> None:
    """Keep what the line says of how to talk up to here, out of what a command is given."""
    said = ctx.meta.setdefault(__name__, {})
    own = {option.name for option in ctx.command.params}
    for option in _talking():
        if option.name in own:
            continue
        word = ctx.params.pop(option.name, None)
        if word:
            said[option.name] = word
    if "lang" in said:
        load_settings({"lang": said["lang"]})


def _layout(command: "AnyCommand", ctx: "Context", usage: str, own: str) -> str:
    options = [
        option
        for option in command.get_params(ctx)
        if isinstance(option, TyperOption) and option.name not in _ELSEWHERE
    ]
    grouped = [o for o in options if o.rich_help_panel == COMMON]
    help_line = ("-h, --help", say("Pokaż tę stronę.", "Show this page."))
    examples = (command.epilog or "").splitlines()
    parts = [
        _wrapped(command.help or ""),
        f"{say('Użycie', 'Usage')}: {usage}",
        _section(say("Przykłady", "Examples"), [(example, "") for example in examples]),
        own,
        _section(say("Opcje", "Options"), [_option(o) for o in options if o not in grouped]),
        _section(COMMON, [*map(_option, grouped), help_line]),
    ]
    return "\n\n".join(part for part in parts if part)


def _section(title: str, lines: Iterable[tuple[str, str]]) -> str:
    pairs = list(lines)
    if not pairs:
        return ""
    column = min(_NAME_WIDTH, max(len(name) for name, _ in pairs))
    return "\n".join([f"{title}:", *(_pair(name, text, column) for name, text in pairs)])


def _pair(name: str, text: str, column: int) -> str:
    """A name and its text; a name that is too long has a line of its own."""
    if not text:
        return f"  {name}"
    indent = " " * (column + 4)
    lines = _wrapped(text, indent)
    return f"  {name}\n{lines}" if len(name) > column else f"  {name:<{column}}  {lines.lstrip()}"


def _wrapped(text: str, indent: str = "") -> str:
    width = min(_MAX_WIDTH, shutil.get_terminal_size().columns)
    return "\n\n".join(
        textwrap.fill(
            paragraph,
            max(width, len(indent) + 20),
            initial_indent=indent,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for paragraph in text.split("\n\n")
    )


def _option(option: TyperOption) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    return (
        names if option.is_flag or option.count else f"{names} {_metavar(option)}",
        option.help or "",
    )


def _metavar(param: TyperArgument | TyperOption) -> str:
    return param.metavar or param.name.upper()


def _place(argument: TyperArgument) -> str:
    name = _metavar(argument) + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].partition("\n")[0].rstrip(".") + "."
