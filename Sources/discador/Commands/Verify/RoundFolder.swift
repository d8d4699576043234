import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// The files of one round: a campaign file and a list for each campaign, the database, the simulator's ledger.
struct RoundFolder: Sendable {
    let path: String
    var database: String { path + "/discador.db" }
    var ledger: String { path + "/simulator.jsonl" }

    /// Lists imported during the runs, per campaign.
    static let furtherLists = 12
    /// The number of contacts in those lists of a campaign.
    static let furtherContacts = furtherLists * 5

    static let environment = [
        "DISCADOR_VERIFY_TOKEN": RoundRules.token, "DISCADOR_VERIFY_CLIENT_TOKEN": RoundRules.clientToken,
    ]

    /// The folder of the campaign file of one campaign.
    func campaign(_ name: String) -> String { "\(path)/\(name)" }

    /// Creates the folder, imports the lists and blocks some of their numbers, half of them before the import and half
    /// after.
    ///
    /// - Returns: the blocked phones.
    func prepare(_ rules: RoundRules, contacts: [String: Int], baseURL: String) async throws -> Set<String> {
        try OutputTarget.makeFolder(path, mode: 0o700)
        let lists = Self.lists(contacts)
        let store = try CampaignStore(
            path: database,
            holder: WriterLock.Holder(
                pid: ProcessInfo.processInfo.processIdentifier, host: SystemEnvironment.host(), command: "verify",
                since: SystemEnvironment.now()))
        let blocked = lists.flatMap { $0.phones.enumerated().filter { $0.offset % 25 == 7 }.map(\.element) }
        try await block(store, blocked.indices.filter { $0.isMultiple(of: 2) }.map { blocked[$0] })
        for (name, phones) in lists {
            let folder = campaign(name)
            try OutputTarget.makeFolder(folder, mode: 0o700)
            try write(rules.campaignFile(name: name, baseURL: baseURL), to: folder + "/campaign.yml")
            let list = folder + "/contatos.csv"
            try write(Self.list(of: phones), to: list)
            for (index, phones) in Self.chunks(of: furtherPhones(of: name)).enumerated() {
                try write(Self.list(of: phones), to: furtherList(index, of: name))
            }
            let loaded = try CampaignFile.load(folder, environmentFile: nil, environment: Self.environment)
            _ = try await OperationContext(store: store)
                .carryOut(ImportLists(loaded: loaded, files: [list]), by: .terminal)
        }
        try await block(store, blocked.indices.filter { !$0.isMultiple(of: 2) }.map { blocked[$0] })
        try store.close()
        return Set(blocked.map(\.text))
    }

    /// The numbers of all lists that are imported before the first call.
    func phones(_ contacts: [String: Int]) -> [String] {
        Self.lists(contacts).flatMap { $0.phones.map(\.text) }
    }

    private static func lists(_ contacts: [String: Int]) -> [(name: String, phones: [PhoneNumber])] {
        contacts.keys.sorted().enumerated().map { index, name in
            (name: name, phones: phones(contacts[name] ?? 0, ofCampaign: index))
        }
    }

    /// Runs a command that must succeed.
    func finish(_ arguments: [String], _ state: RoundState) async throws {
        let process = RunProcess(
            arguments: arguments + ["--db", database, "--quiet"], environment: Self.environment)
        let (end, stderr) = try await process.run()
        guard end != .exited(ExitStatus.success.rawValue) else { return }
        let finding = VerifyFinding(arguments.joined(separator: " "), end, stderr)
        state.count { $0.unexpectedEnds.append(finding) }
    }

    /// A list that is imported during the runs.
    func furtherList(_ index: Int, of campaign: String) -> String { "\(path)/\(campaign)/more-\(index).csv" }

    /// The numbers of those lists, which no other list of the round has.
    func furtherPhones(of campaign: String) -> [PhoneNumber] {
        let first = 5_511_980_000_000 + Int64(campaign.utf8.last ?? 0) * 10_000
        return (0..<Self.furtherContacts).compactMap { PhoneNumber(value: first + Int64($0)) }
    }

    private static func chunks(of phones: [PhoneNumber]) -> [[PhoneNumber]] {
        let size = phones.count / furtherLists
        return (0..<furtherLists).map { Array(phones[($0 * size)..<(($0 + 1) * size)]) }
    }

    /// The size of the largest of the database's files, in bytes.
    func largestFile() -> Int {
        ["", "-wal", "-shm", "-spool"].map { suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: database + suffix)
            return (attributes?[.size] as? Int) ?? 0
        }.max() ?? 0
    }

    private func block(_ store: CampaignStore, _ phones: [PhoneNumber]) async throws {
        _ = try await store.block(now: SystemEnvironment.now()) { writer in
            for phone in phones { try writer.add(phone, reason: "verify") }
        }
    }

    private func write(_ text: String, to file: String) throws {
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw Failure(
                .disk,
                Phrase(
                    "\(file) cannot be written: check the folder and its permissions.",
                    "Não foi possível gravar \(file): confira a pasta e as permissões."))
        }
    }

    /// Numbers that no other campaign of the round has, nor the simulated instances' own phone.
    private static func phones(_ count: Int, ofCampaign index: Int) -> [PhoneNumber] {
        (0..<count).compactMap { PhoneNumber(value: 5_511_900_000_001 + Int64(index) * 10_000_000 + Int64($0)) }
    }

    /// A list as people write it: some numbers appear twice, in different spellings.
    private static func list(of phones: [PhoneNumber]) -> String {
        var rows = ["nome;telefone"]
        for (index, phone) in phones.enumerated() {
            let local = phone.text.dropFirst(2)
            rows.append("Pessoa \(index);\(local)")
            guard index % 20 == 3 else { continue }
            rows.append("Pessoa \(index);(\(local.prefix(2))) \(local.dropFirst(2).prefix(5))-\(local.suffix(4))")
        }
        return rows.joined(separator: "\n") + "\n"
    }
}
