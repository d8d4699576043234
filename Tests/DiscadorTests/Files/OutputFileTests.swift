// In some builds the members of `stat` come from here, in others from Glibc.
import CDispatch
import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Where `report -o` and `backup` write, and what they leave alone.
@Suite(.fewAtATime) struct `An output file` {
    @Test func `is new for its owner only, and replaced only with --force, which keeps its mode`() async throws {
        try await withCampaign { cli in
            #expect(try await cli.discador("report", "camp", "-o", "r.txt").exitCode == 0)
            #expect(mode(of: "r.txt", cli) == 0o600)
            try cli.write("mine", to: cli.file("r.txt"))
            #expect(try await cli.discador("report", "camp", "--force").exitCode == 64)
            let refused = try await cli.discador("report", "camp", "-o", "r.txt")
            #expect(refused.exitCode == 64 && refused.stderr.contains("--force"), "\(refused.stderr)")
            #expect(cli.text(of: "r.txt") == "mine")
            chmod(cli.file("r.txt").path, 0o640)
            #expect(try await cli.discador("report", "camp", "-o", "r.txt", "--force").exitCode == 0)
            #expect(cli.text(of: "r.txt").hasPrefix("Campaign camp"))
            #expect(mode(of: "r.txt", cli) == 0o640)
            // Only root can give a file away.
            guard geteuid() == 0 else { return }
            chown(cli.file("r.txt").path, 1, 1)
            #expect(try await cli.discador("report", "camp", "-o", "r.txt", "--force").exitCode == 0)
            let owner = try FileManager.default.attributesOfItem(atPath: cli.file("r.txt").path)
            #expect(owner[.ownerAccountID] as? Int == 1 && owner[.groupOwnerAccountID] as? Int == 1)
            #expect(mode(of: "r.txt", cli) == 0o640)
        }
    }

    @Test func `that is a link stays one, and its target is replaced where it is`() async throws {
        try await withCampaign { cli in
            let files = FileManager.default
            try files.createDirectory(at: cli.file("there"), withIntermediateDirectories: false)
            try cli.write("old", to: cli.file("there/real.txt"))
            try files.createSymbolicLink(atPath: cli.file("one").path, withDestinationPath: "there/two")
            try files.createSymbolicLink(atPath: cli.file("there/two").path, withDestinationPath: "real.txt")
            try files.createSymbolicLink(atPath: cli.file("new").path, withDestinationPath: "there/new.txt")
            #expect(try await cli.discador("report", "camp", "-o", "one").exitCode == 64)
            #expect(try await cli.discador("report", "camp", "-o", "one", "--force").exitCode == 0)
            #expect(try await cli.discador("report", "camp", "-o", "new").exitCode == 0)
            for link in ["one", "there/two", "new"] { #expect(kind(of: link, cli) == S_IFLNK) }
            for target in ["there/real.txt", "there/new.txt"] {
                #expect(cli.text(of: target).hasPrefix("Campaign camp"))
            }
            #expect(try files.contentsOfDirectory(atPath: cli.file("there").path).count == 3)
        }
    }

    @Test func `that has two names keeps both`() async throws {
        try await withCampaign { cli in
            try cli.write(String(repeating: "x", count: 100_000), to: cli.file("one"))
            try FileManager.default.linkItem(at: cli.file("one"), to: cli.file("two"))
            #expect(try await cli.discador("report", "camp", "-o", "one", "--force").exitCode == 0)
            let report = cli.text(of: "two")
            #expect(
                report.hasPrefix("Campaign camp") && !report.contains("xx") && report == cli.text(of: "one"))
        }
    }

    @Test(arguments: [
        ("/dev/null", ""), ("/dev/stdout", "Campaign camp"), ("/dev/fd/1", "Campaign camp"),
        ("/proc/self/fd/1", "Campaign camp"), ("/dev/stderr", ""),
    ])
    func `that is a device or a descriptor is written through`(_ path: String, _ printed: String) async throws {
        try await withCampaign { cli in
            for command in [["report", "camp", "-o", path], ["report", "camp", "-o", path, "--force"]] {
                let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
                #expect(result.exitCode == 0 && result.stdout.hasPrefix(printed), "\(result.stderr)")
            }
            #expect(try await cli.discador("backup", "/dev/null").exitCode == 0)
            var status = stat()
            #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        }
    }

    @Test func `that the caller has open is continued where its position is`() async throws {
        try await withCampaign { cli in
            try cli.write("kept\n", to: cli.file("log"))
            let report = try cli.start("report", "camp", "-o", "/dev/stdout", shell: "exec >>log")
            #expect(try await report.result().exitCode == 0)
            #expect(cli.text(of: "log").hasPrefix("kept\nCampaign camp"))
            let copy = try cli.start("backup", "/dev/fd/5", shell: "exec 5>copy.db")
            #expect(try await copy.result().exitCode == 0)
            #expect(try await cli.discador("check", "--database", "--db", "copy.db").exitCode == 0)
        }
    }

    @Test func `that is a pipe is written to its reader`() async throws {
        try await withCampaign { cli in
            #expect(mkfifo(cli.file("pipe").path, 0o600) == 0)
            for command in [["report", "camp", "-o", "pipe"], ["backup", "pipe"]] {
                let reading = try cli.start(shell: "cat pipe >read; exit 0")
                #expect(
                    try await Program.run(command, in: cli.folder, environment: CLIFixture.environment).exitCode == 0
                )
                #expect(try await reading.result().exitCode == 0)
                #expect((FileManager.default.contents(atPath: cli.file("read").path) ?? Data()).count > 100)
                #expect(kind(of: "pipe", cli) == S_IFIFO)
            }
        }
    }

    @Test(arguments: ["camp", "nowhere/r.txt", "new/", ""])
    func `that cannot be written is refused, and nothing is left`(_ path: String) async throws {
        try await withCampaign { cli in
            let before = try left(in: cli)
            for command in [["report", "camp", "-o", path, "--force"], ["backup", path, "--force"]] {
                let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
                #expect([64, 74].contains(result.exitCode), "\(command) \(result.exitCode)")
            }
            #expect(try left(in: cli) == before)
        }
    }

    @Test func `that cannot be finished leaves the old one, and no partial file`() async throws {
        try await withCampaign { cli in
            try cli.write("old", to: cli.file("r.csv"))
            let command = ["report", "camp", "--format", "csv", "-o", "r.csv", "--force"]
            // No file may grow past 32 KiB, which is what readers of a database share.
            let broken = try await Program(
                command, in: cli.folder, environment: CLIFixture.environment, shell: "ulimit -f 64"
            ).result()
            #expect(broken.exitCode == 74 && broken.stderr.contains("r.csv cannot be written"), "\(broken.stderr)")
            #expect(cli.text(of: "r.csv") == "old")
            try cli.write("old", to: cli.file("copy.db"))
            let copy = try await cli.start("backup", "copy.db", "--force", shell: "ulimit -f 64").result()
            #expect(copy.exitCode == 74 && copy.stderr.contains("copy.db"), "\(copy.stderr)")
            #expect(cli.text(of: "copy.db") == "old")
            #expect(try !left(in: cli).contains { $0.contains("partial") })
        }
    }

    @Test func `never replaces a .partial file that was there before, nor a database with a log beside it`()
        async throws
    {
        try await withCampaign { cli in
            try cli.write("mine", to: cli.file("copy.db.partial"))
            #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
            #expect(cli.text(of: "copy.db.partial") == "mine")
            try cli.write("commits", to: cli.file("copy.db-wal"))
            let refused = try await cli.discador("backup", "copy.db", "--force")
            #expect(refused.exitCode == 64 && refused.stderr.contains("copy.db-wal"), "\(refused.stderr)")
        }
    }

    /// All files except those that readers of the database share.
    private func left(in cli: CLIFixture) throws -> Set<String> {
        let names = try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path)
        return Set(names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") })
    }

    private func withCampaign(_ body: (CLIFixture) async throws -> Void) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1000))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await body(cli)
        await cli.simulator.shutdown()
    }

    private func kind(of name: String, _ cli: CLIFixture) -> mode_t {
        var status = stat()
        return lstat(cli.file(name).path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    private func mode(of name: String, _ cli: CLIFixture) -> mode_t {
        var status = stat()
        return stat(cli.file(name).path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
}
