import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Where `report -o` and `backup` put things, and what they leave alone.
@Suite struct `A file for results` {
    @Test func `is new for its owner only, and replaced only with --force, which keeps its mode`() async throws {
        try await withWorkshop { workshop in
            #expect(try await workshop.discador("report", "camp", "-o", "r.txt").exitCode == 0)
            #expect(mode(of: "r.txt", workshop) == 0o600)
            try workshop.write("mine", to: file("r.txt", workshop))
            #expect(try await workshop.discador("report", "camp", "--force").exitCode == 64)
            let refused = try await workshop.discador("report", "camp", "-o", "r.txt")
            #expect(refused.exitCode == 64 && refused.stderr.contains("--force"), "\(refused.stderr)")
            #expect(content(of: "r.txt", workshop) == "mine")
            chmod(file("r.txt", workshop).path, 0o640)
            #expect(try await workshop.discador("report", "camp", "-o", "r.txt", "--force").exitCode == 0)
            #expect(content(of: "r.txt", workshop).hasPrefix("Campaign camp"))
            #expect(mode(of: "r.txt", workshop) == 0o640)
            // Only root can give a file away.
            guard geteuid() == 0 else { return }
            chown(file("r.txt", workshop).path, 1, 1)
            #expect(try await workshop.discador("report", "camp", "-o", "r.txt", "--force").exitCode == 0)
            let owner = try FileManager.default.attributesOfItem(atPath: file("r.txt", workshop).path)
            #expect(owner[.ownerAccountID] as? Int == 1 && owner[.groupOwnerAccountID] as? Int == 1)
            #expect(mode(of: "r.txt", workshop) == 0o640)
        }
    }

    @Test func `that is a link stays one, and its target is replaced where it is`() async throws {
        try await withWorkshop { workshop in
            let files = FileManager.default
            try files.createDirectory(at: file("there", workshop), withIntermediateDirectories: false)
            try workshop.write("old", to: file("there/real.txt", workshop))
            try files.createSymbolicLink(atPath: file("one", workshop).path, withDestinationPath: "there/two")
            try files.createSymbolicLink(atPath: file("there/two", workshop).path, withDestinationPath: "real.txt")
            try files.createSymbolicLink(atPath: file("new", workshop).path, withDestinationPath: "there/new.txt")
            #expect(try await workshop.discador("report", "camp", "-o", "one").exitCode == 64)
            #expect(try await workshop.discador("report", "camp", "-o", "one", "--force").exitCode == 0)
            #expect(try await workshop.discador("report", "camp", "-o", "new").exitCode == 0)
            for link in ["one", "there/two", "new"] { #expect(kind(of: link, workshop) == S_IFLNK) }
            for target in ["there/real.txt", "there/new.txt"] {
                #expect(content(of: target, workshop).hasPrefix("Campaign camp"))
            }
            #expect(try files.contentsOfDirectory(atPath: file("there", workshop).path).count == 3)
        }
    }

    @Test func `that has two names keeps both`() async throws {
        try await withWorkshop { workshop in
            try workshop.write(String(repeating: "x", count: 100_000), to: file("one", workshop))
            try FileManager.default.linkItem(at: file("one", workshop), to: file("two", workshop))
            #expect(try await workshop.discador("report", "camp", "-o", "one", "--force").exitCode == 0)
            let report = content(of: "two", workshop)
            #expect(
                report.hasPrefix("Campaign camp") && !report.contains("xx") && report == content(of: "one", workshop))
        }
    }

    @Test(arguments: [
        ("/dev/null", ""), ("/dev/stdout", "Campaign camp"), ("/dev/fd/1", "Campaign camp"),
        ("/proc/self/fd/1", "Campaign camp"), ("/dev/stderr", ""),
    ])
    func `that is a device or a descriptor is written through`(_ path: String, _ printed: String) async throws {
        try await withWorkshop { workshop in
            for command in [["report", "camp", "-o", path], ["report", "camp", "-o", path, "--force"]] {
                let result = try await Program.run(command, in: workshop.folder, environment: Workshop.environment)
                #expect(result.exitCode == 0 && result.stdout.hasPrefix(printed), "\(result.stderr)")
            }
            #expect(try await workshop.discador("backup", "/dev/null").exitCode == 0)
            var status = stat()
            #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        }
    }

    @Test func `that the caller has open is continued where it stands`() async throws {
        try await withWorkshop { workshop in
            try workshop.write("kept\n", to: file("log", workshop))
            let report = try workshop.start("report", "camp", "-o", "/dev/stdout", shell: "exec >>log")
            #expect(try await report.result().exitCode == 0)
            #expect(content(of: "log", workshop).hasPrefix("kept\nCampaign camp"))
            let copy = try workshop.start("backup", "/dev/fd/5", shell: "exec 5>copy.db")
            #expect(try await copy.result().exitCode == 0)
            #expect(try await workshop.discador("check", "--database", "--db", "copy.db").exitCode == 0)
        }
    }

    @Test func `that is a pipe is given to its reader`() async throws {
        try await withWorkshop { workshop in
            #expect(mkfifo(file("pipe", workshop).path, 0o600) == 0)
            for command in [["report", "camp", "-o", "pipe"], ["backup", "pipe"]] {
                let reading = try workshop.start(shell: "cat pipe >read; exit 0")
                #expect(
                    try await Program.run(command, in: workshop.folder, environment: Workshop.environment).exitCode == 0
                )
                #expect(try await reading.result().exitCode == 0)
                #expect((FileManager.default.contents(atPath: file("read", workshop).path) ?? Data()).count > 100)
                #expect(kind(of: "pipe", workshop) == S_IFIFO)
            }
        }
    }

    @Test(arguments: ["camp", "nowhere/r.txt", "new/", ""])
    func `that cannot be one is refused, and nothing is left`(_ path: String) async throws {
        try await withWorkshop { workshop in
            let before = try left(in: workshop)
            for command in [["report", "camp", "-o", path, "--force"], ["backup", path, "--force"]] {
                let result = try await Program.run(command, in: workshop.folder, environment: Workshop.environment)
                #expect([64, 74].contains(result.exitCode), "\(command) \(result.exitCode)")
            }
            #expect(try left(in: workshop) == before)
        }
    }

    @Test func `that breaks off leaves the old one, and no file of its own`() async throws {
        try await withWorkshop { workshop in
            try workshop.write("old", to: file("r.csv", workshop))
            let command = ["report", "camp", "--format", "csv", "-o", "r.csv", "--force"]
            // No file may grow past 32 KiB, which is what readers of a database share.
            let broken = try await Program(
                command, in: workshop.folder, environment: Workshop.environment, shell: "ulimit -f 64"
            ).result()
            #expect(broken.exitCode == 74 && broken.stderr.contains("r.csv cannot be written"), "\(broken.stderr)")
            #expect(content(of: "r.csv", workshop) == "old")
            try workshop.write("old", to: file("copy.db", workshop))
            let copy = try await workshop.start("backup", "copy.db", "--force", shell: "ulimit -f 64").result()
            #expect(copy.exitCode == 74 && copy.stderr.contains("copy.db"), "\(copy.stderr)")
            #expect(content(of: "copy.db", workshop) == "old")
            #expect(try !left(in: workshop).contains { $0.contains("partial") })
        }
    }

    @Test func `never takes the place of somebody's .partial, nor of a database with a log beside it`() async throws {
        try await withWorkshop { workshop in
            try workshop.write("mine", to: file("copy.db.partial", workshop))
            #expect(try await workshop.discador("backup", "copy.db").exitCode == 0)
            #expect(content(of: "copy.db.partial", workshop) == "mine")
            try workshop.write("commits", to: file("copy.db-wal", workshop))
            let refused = try await workshop.discador("backup", "copy.db", "--force")
            #expect(refused.exitCode == 64 && refused.stderr.contains("copy.db-wal"), "\(refused.stderr)")
        }
    }

    /// All files, but for those that readers of the database share.
    private func left(in workshop: Workshop) throws -> Set<String> {
        let names = try FileManager.default.subpathsOfDirectory(atPath: workshop.folder.path)
        return Set(names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") })
    }

    private func withWorkshop(_ body: (Workshop) async throws -> Void) async throws {
        let workshop = try await Workshop(phones: Workshop.phones(1000))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try await body(workshop)
        await workshop.simulator.shutdown()
    }

    private func file(_ name: String, _ workshop: Workshop) -> URL { workshop.folder.appending(path: name) }

    private func content(of name: String, _ workshop: Workshop) -> String {
        String(decoding: FileManager.default.contents(atPath: file(name, workshop).path) ?? Data(), as: UTF8.self)
    }

    private func kind(of name: String, _ workshop: Workshop) -> mode_t {
        var status = stat()
        return lstat(file(name, workshop).path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    private func mode(of name: String, _ workshop: Workshop) -> mode_t {
        var status = stat()
        return stat(file(name, workshop).path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
}
