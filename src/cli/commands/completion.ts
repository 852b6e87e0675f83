import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** `completion SHELL` prints a script; what that asks at each Tab is answered by `complete`, which help does not list. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  const command = program.commands.find((each) => each.name() === 'completion')!;
  command.description('Print a script that completes commands and options in your shell.').addHelpText(
    'after',
    `
Examples:
  $ source <(react-collider completion bash)       in ~/.bashrc
  $ source <(react-collider completion zsh)        in ~/.zshrc
  $ react-collider completion fish > ~/.config/fish/completions/react-collider.fish`,
  );
}
