import { Command, Option } from 'commander';
import { addOutput } from './commands/command';
import type { ExitCode } from './exit-code';
import { addInputOptions } from './input/add-input-options';
import type { Io } from './io';
import { version } from './version';

const exitCodes = `
Exit codes: 0 fine, 1 blocked, findings or violations, 2 usage, 3 input not read, 4 undetermined.`;

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function addTrace(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('trace'), ['text', 'json', 'yaml']))
    .description('the hops of one call, and what the application sees')
    .argument('<workload>', 'namespace/name, namespace/kind/name, or a name and -n')
    .argument('<target>', 'URL or host:port')
    .option('--as <uid>', 'user id of the calling process')
    .option('--gid <gid>', 'group id of the calling process')
    .option('--container <name>', 'container of the calling process')
    .option('--ip <address>', 'address that the name resolves to')
    .option('--sni <name>', 'server name of the TLS handshake')
    .option('--host <name>', 'Host header')
    .option('--path <path>', 'path of the request')
    .option('--method <method>', 'method of the request')
    .option('--header <name: value>', 'header of the request; repeatable', collect)
    .addOption(
      new Option('--protocol <name>', 'what the application speaks').choices([
        'http',
        'http2',
        'https',
        'tls',
        'tcp',
        'udp',
      ]),
    )
    .addOption(
      new Option('--proxy-state <state>', 'whether Envoy is up').choices([
        'running',
        'not-started',
        'stopped',
      ]),
    )
    .option('--all', 'also what was looked at and did not answer')
    .addHelpText(
      'after',
      `
Examples:
  sidetrace trace -f mesh/ shop/web https://api.stripe.com/v1
  helm template shop chart | sidetrace trace -f - -n shop web tcp://db.example.com:5432
${exitCodes}`,
    )
    .action(async (workload, target, options) => {
      const { runTrace } = await import('./commands/trace');
      end(await runTrace(io, workload, target, options));
    });
}

function addRules(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('rules'), ['text', 'json']))
    .description('iptables or nftables rules of a pod, each with the setting that made it')
    .argument('<workload>', 'namespace/name, namespace/kind/name, or a name and -n')
    .option('--no-origins', 'the rules alone')
    .addHelpText(
      'after',
      `
Example:
  sidetrace rules -f mesh/ shop/web
${exitCodes}`,
    )
    .action(async (workload, options) => {
      const { runRules } = await import('./commands/rules');
      end(await runRules(io, workload, options));
    });
}

function addAudit(program: Command, io: Io, end: (code: ExitCode) => void): void {
  const formats = ['text', 'json', 'sarif', 'junit', 'markdown', 'csv'];
  addInputOptions(addOutput(program.command('audit'), formats))
    .description('what the catalogue of checks finds in the mesh')
    .addOption(
      new Option('--fail-on <level>', 'lowest level that ends with exit code 1').choices([
        'error',
        'warning',
        'info',
        'none',
      ]),
    )
    .option('--waivers <file>', 'accepted findings, with owner, reason and expiry')
    .option('--baseline <file>', 'report only what is not in this baseline')
    .option('--write-baseline', 'print a baseline of the findings')
    .addHelpText(
      'after',
      `
Examples:
  sidetrace audit -f mesh/ --fail-on warning
  sidetrace audit -f mesh/ -o sarif > sidetrace.sarif
${exitCodes}`,
    )
    .action(async options => {
      const { runAudit } = await import('./commands/audit');
      end(await runAudit(io, options));
    });
}

/** The command line: arguments and options; the work is done by what each command loads when it runs. */
export function makeProgram(io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command('sidetrace')
    .description(
      'What happens to a call that leaves or enters a pod with an Istio sidecar, offline.',
    )
    .version(version)
    .showHelpAfterError('(sidetrace --help says more)')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText('after', exitCodes);
  addTrace(program, io, end);
  addRules(program, io, end);
  addAudit(program, io, end);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}
