import Foundation
import PackagePlugin

/// Writes the commit of the checkout into a source file, before each build and only if it is another one.
///
/// It reads the files of `.git` and needs no `git`, which refuses the folders of other users. Whatever it cannot read
/// means that there is no commit.
@main
struct SourceCommitPlugin: BuildToolPlugin {
    /// Arguments: the package's folder, and the folder to write to.
    private static let script = #"""
        cd "$0" || exit 0
        git=.git
        # In a linked work tree, .git is a file that names the folder.
        [ ! -f "$git" ] || git=$(sed -n 's/^gitdir: //p' "$git")
        common=$git
        [ ! -f "$git/commondir" ] || common=$(cd "$git" && cd "$(cat commondir)" && pwd)
        head=$(cat "$git/HEAD" 2>/dev/null)
        case $head in
        "ref: "*)
            ref=${head#ref: }
            head=$(cat "$common/$ref" 2>/dev/null || sed -n "s|^\([0-9a-f]*\) $ref\$|\1|p" "$common/packed-refs" 2>/dev/null)
            ;;
        esac
        commit=$(printf %s "$head" | grep -E '^[0-9a-f]{40,64}$' | cut -c 1-7)
        text="let generated = \"$commit\""
        mkdir -p "$1"
        [ "$(cat "$1/Generated.swift" 2>/dev/null)" = "$text" ] || printf '%s\n' "$text" >"$1/Generated.swift"
        """#

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.pluginWorkDirectoryURL.appending(path: "Generated")
        return [
            .prebuildCommand(
                displayName: "Reading the commit", executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: ["-c", Self.script, context.package.directoryURL.path, folder.path],
                outputFilesDirectory: folder)
        ]
    }
}
