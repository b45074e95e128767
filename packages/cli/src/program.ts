import { Argument, Command, Option } from 'commander';
import { addOutput } from './commands/command';
import { type ExitCode, exitCode } from './exit-code';
import { addClusterOptions } from './input/add-cluster-options';
import { addInputOptions } from './input/add-input-options';
import type { Io } from './io';
import { version } from './version';

const exitCodes = `
Exit codes: 0 fine, 1 blocked, findings or violations, 2 usage,
            3 input not read, 4 undetermined`;

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function addTrace(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('trace'), ['text', 'json', 'yaml', 'markdown']))
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
    .option(
      '--fix',
      'the manifests that would make the call succeed, each tried on a copy of the mesh',
    )
    .addHelpText(
      'after',
      `
Examples:
  sidetrace trace -f mesh/ shop/web https://api.stripe.com/v1
  sidetrace trace -f mesh/ shop/web https://api.stripe.com/v1 --fix
  helm template shop chart | sidetrace trace -f - shop/web tcp://10.0.0.9:5432
${exitCodes}`,
    )
    .action(async (workload, target, options) => {
      const { runTrace } = await import('./commands/trace');
      end(await runTrace(io, workload, target, options));
    });
}

function addRules(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('rules'), ['text', 'json', 'yaml']))
    .description('iptables or nftables rules of a pod')
    .argument('<workload>', 'namespace/name, namespace/kind/name, or a name and -n')
    .option('--why', 'the setting that made each rule')
    .option('--nft', 'as Istio programs them with native nftables')
    .option('--json', 'the same as -o json')
    .addHelpText(
      'after',
      `
Examples:
  sidetrace rules -f mesh/ shop/web --why
  sidetrace rules -f mesh/ shop/web | iptables-restore --test
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
    .option('--fix', 'show what the fixes would change, as a diff')
    .option('--write', 'with --fix: write the changed files')
    .option('--istio-codes', 'the messages of `istioctl analyze` instead, with its codes')
    .addHelpText(
      'after',
      `
Examples:
  sidetrace audit -f mesh/ --fail-on warning
  sidetrace audit -f mesh/ -o sarif > sidetrace.sarif
  sidetrace audit -f mesh/ --fix --write
${exitCodes}`,
    )
    .action(async options => {
      const { runAudit } = await import('./commands/audit');
      end(await runAudit(io, options));
    });
}

function addPaths(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('paths'), ['text', 'json', 'yaml', 'markdown']))
    .description('the six kinds of traffic of a workload, each with its way')
    .argument('<workload>', 'namespace/name, namespace/kind/name, or a name and -n')
    .option('--all', 'every hop of every case')
    .addHelpText('after', `\nExample:\n  sidetrace paths -f mesh/ shop/web\n${exitCodes}`)
    .action(async (workload, options) => {
      const { runPaths } = await import('./commands/paths');
      end(await runPaths(io, workload, options));
    });
}

const tableFormats = ['text', 'json', 'yaml', 'csv', 'markdown'];
const hostOption = 'further host[:port][/HTTP|TLS|TCP|UDP] to ask about; repeatable';

function addAccess(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('access'), tableFormats))
    .description('which external hosts each workload may reach, and by which object')
    .argument('[workload]', 'one workload; all when not given')
    .option('--host <target>', hostOption, collect)
    .option('--only', 'the hosts of --host, not those that the mesh knows')
    .option('--verdict <word>', 'only rows with this verdict; repeatable', collect)
    .addOption(
      new Option(
        '--by <rows>',
        'a row for each group of workloads with the same answer, or for each workload',
      ).choices(['group', 'workload']),
    )
    .addHelpText(
      'after',
      `
Examples:
  sidetrace access -f mesh/ -o csv > access.csv
  sidetrace access --context prod -o csv > access.csv
  kubectl get ns,svc,deploy,serviceentry -A -o yaml | sidetrace access -f -
  sidetrace access -f mesh/ shop/web --host api.stripe.com:443 --verdict blocked
${exitCodes}`,
    )
    .action(async (workload, options) => {
      const { runAccess } = await import('./commands/access');
      end(await runAccess(io, workload, options));
    });
}

function addDiff(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('diff'), tableFormats))
    .description('the access that differs between two inputs; -f names what both share')
    .argument('<before>', 'file, folder or glob')
    .argument('<after>', 'file, folder or glob')
    .option('--host <target>', hostOption, collect)
    .addHelpText(
      'after',
      `\nExample:\n  sidetrace diff main/mesh branch/mesh -o markdown\n${exitCodes}`,
    )
    .action(async (before, after, options) => {
      const { runDiff } = await import('./commands/diff');
      end(await runDiff(io, before, after, options));
    });
}

function addWhatIf(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('what-if'), tableFormats))
    .description('what the access would be after an edit')
    .option('--set <outbound=MODE>', 'mesh-wide outbound mode', collect)
    .option('--apply <path>', 'manifests to apply; repeatable', collect)
    .option('--remove <Kind/namespace/name>', 'object to remove; repeatable', collect)
    .option('--host <target>', hostOption, collect)
    .addHelpText(
      'after',
      `
Examples:
  sidetrace what-if -f mesh/ --set outbound=REGISTRY_ONLY
  sidetrace what-if -f mesh/ --apply new-service-entry.yaml
${exitCodes}`,
    )
    .action(async options => {
      const { runWhatIf } = await import('./commands/what-if');
      end(await runWhatIf(io, options));
    });
}

const testFormats = ['text', 'json', 'junit', 'tap', 'sarif', 'markdown', 'github'];

function addTest(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('test'), testFormats))
    .description('whether stated expectations about access hold')
    .argument('[expectations]', 'file of kind Expectations')
    .option('--init', "print today's access as expectations, or write it to a new file")
    .option('--explain <id>', 'print the traces behind one expectation')
    .addOption(
      new Option('--fail-on <bar>', 'what ends with exit code 1')
        .choices(['error', 'warning', 'undetermined'])
        .default('error'),
    )
    .addHelpText(
      'after',
      `
Examples:
  sidetrace test -f mesh/ --init > today.yaml
  sidetrace test -f mesh/ expect.yaml -o junit
  sidetrace test -f mesh/ expect.yaml --explain tls-gets-through
${exitCodes}`,
    )
    .action(async (file, options) => {
      const { runTest } = await import('./commands/test');
      end(await runTest(io, file, options));
    });
}

function addExplain(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addInputOptions(addOutput(program.command('explain'), ['text', 'json', 'yaml']))
    .description('what a reason code, a check or a symptom means')
    .argument('<words...>', 'code, or what the client shows')
    .option('-w, --workload <workload>', 'only causes that the mesh of -f makes possible for it')
    .option('-t, --target <target>', 'URL or host:port that the workload calls')
    .addHelpText(
      'after',
      `
Examples:
  sidetrace explain "SSL_ERROR_SYSCALL"
  sidetrace explain 502 -f mesh/ -w shop/web -t http://api.stripe.com
${exitCodes}`,
    )
    .action(async (words, options) => {
      const { runExplain } = await import('./commands/explain');
      end(await runExplain(io, words, options));
    });
}

function addSnapshot(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addClusterOptions(program.command('snapshot'))
    .description('the objects of a cluster that answers depend on, as files')
    .argument('<folder>', 'where to; made when it is not there')
    .option('--root-namespace <name>', 'namespace of istiod; else found by its objects')
    .option('--force', 'write into a folder that is not empty')
    .addHelpText(
      'after',
      `
Reads no Secrets, and leaves out managedFields, what was last applied, and the
values of environment variables whose names look secret.

Examples:
  sidetrace snapshot --context prod mesh-of-prod/
  sidetrace snapshot --context prod --force snapshot/
${exitCodes}`,
    )
    .action(async (folder, options) => {
      const { runSnapshot } = await import('./commands/snapshot');
      end(await runSnapshot(io, folder, options));
    });
}

function addCompletion(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('completion')
    .description('a script that completes commands, options and their values')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  sidetrace completion bash
  sidetrace completion zsh
  sidetrace completion fish

Bash: add  source <(sidetrace completion bash)  to ~/.bashrc
Zsh:  add  source <(sidetrace completion zsh)  to ~/.zshrc, after compinit
Fish: sidetrace completion fish > ~/.config/fish/completions/sidetrace.fish
${exitCodes}`,
    )
    .action(async shell => {
      const { completionScript } = await import('./completion/scripts');
      io.out(completionScript(shell));
    });
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async words => {
      const { complete } = await import('./completion/complete');
      io.out((await complete(program, words, io)).map(word => `${word}\n`).join(''));
      end(exitCode.fine);
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
  addPaths(program, io, end);
  addRules(program, io, end);
  addAccess(program, io, end);
  addAudit(program, io, end);
  addDiff(program, io, end);
  addWhatIf(program, io, end);
  addTest(program, io, end);
  addExplain(program, io, end);
  addSnapshot(program, io, end);
  addCompletion(program, io, end);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}
