import ArgumentParser
import CampaignCore
import Foundation
import UnixSignals

/// `discador verify`: proves that the promises hold.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        Phrase(
            "Dial campaigns against the built-in simulator, kill the runs again and again, and count broken promises.",
            "Liga campanhas no simulador embutido, derruba as execuções muitas vezes e conta as promessas quebradas."),
        discussion: Phrase(
            """
            No real call is placed and no account is needed. Each round imports lists into a fresh database and \
            dials up to three campaigns that share instances, by `discador run` and `discador serve` as separate \
            processes beside one another, which are killed (SIGKILL) and stopped at random moments, again and \
            again, until all contacts are done. Meanwhile the simulator throttles, fails, hangs, cuts \
            connections and loses phones, disks fill up, campaigns are paused, and in half of the rounds \
            webhooks tell what happened. Then what the simulator saw is compared with the database. The exit \
            code is 0 only if every figure that must be 0 is 0.
            """,
            """
            Não faz nenhuma ligação de verdade e não precisa de conta. Cada rodada importa listas para um banco \
            de dados novo e disca até três campanhas que dividem instâncias, com `discador run` e `discador \
            serve` em processos lado a lado, que são derrubados (SIGKILL) e parados em momentos sorteados, \
            muitas vezes, até que todos os contatos tenham terminado. Enquanto isso o simulador manda esperar, \
            falha, trava, corta conexões e perde celulares, discos enchem, campanhas são pausadas, e em metade \
            das rodadas os webhooks contam o que aconteceu. No fim, o que o simulador viu é comparado com o \
            banco de dados. O código de saída só é 0 se todo número que deve ser 0 é 0.
            """),
        examples: [
            "discador verify",
            "discador verify --kills 1000 --keep rodadas",
        ])

    @Option(
        help: .text(
            "How many runs and services to kill in total.",
            "Quantas execuções e serviços derrubar ao todo.", valueName: "number"))
    var kills = 20

    @Option(
        help: .text(
            "Contacts in each round; an eighth of them in rounds with a slow pace.",
            "Contatos em cada rodada; um oitavo deles nas rodadas de ritmo lento.", valueName: "number"))
    var contacts = 500

    @Option(
        help: .text(
            "Determines faults and kills; the same seed repeats them. [default: random]",
            "Determina as falhas e os momentos; a mesma semente os repete. [padrão: sorteada]", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: .text(
            "Keep the databases and ledgers of all rounds here.",
            "Guarda aqui os bancos de dados e os registros de todas as rodadas.", valueName: "folder"),
        completion: .directory)
    var keep: String?

    @Flag(
        help: .text(
            "Print the result as JSON.",
            "Mostra o resultado em JSON."))
    var json = false

    @Flag(
        help: .text(
            "Print no progress.",
            "Não mostra o andamento."))
    var quiet = false

    @Option(
        help: .text(
            "The language: en or pt-BR. [default: that of LC_ALL, LC_MESSAGES or LANG]",
            "O idioma: en ou pt-BR. [padrão: o de LC_ALL, LC_MESSAGES ou LANG]"))
    var lang: Language?

    func validate() throws {
        guard (0...1_000_000).contains(kills) else { throw Self.refusal("--kills", from: 0) }
        guard (16...1_000_000).contains(contacts) else { throw Self.refusal("--contacts", from: 16) }
    }

    private static func refusal(_ option: String, from least: Int) -> ValidationError {
        ValidationError(
            SystemEnvironment.language.text(
                "\(option) takes a number from \(least) to 1000000.",
                "\(option) aceita um número de \(least) a 1000000."))
    }

    func run() async throws {
        let output = Output(isJSON: json, isQuiet: quiet)
        let seed = seed ?? UInt64(SystemEnvironment.random() * Double(UInt32.max))
        let folder = try Self.folder(keep: keep, seed: seed)
        let verification = Verification(
            kills: kills, contacts: contacts, seed: seed, folder: folder, keepsAll: keep != nil, output: output)
        output.note(Phrase("seed \(seed)", "semente \(seed)"))
        let start = SystemEnvironment.clock.now
        guard let tally = try await Self.untilSignal({ try await verification.run() }) else {
            if keep == nil { try? FileManager.default.removeItem(atPath: folder) }
            throw ExitCode(ExitStatus.interrupted.rawValue)
        }
        let elapsed = start.duration(to: SystemEnvironment.clock.now)
        if keep == nil, tally.isClean { try? FileManager.default.removeItem(atPath: folder) }
        let shown = Result {
            try output.result(
                json: VerifyDocument(seed: seed, isClean: tally.isClean, seconds: elapsed.inSeconds, tally: tally))
            try output.result(VerifyTable(tally: tally, language: output.language).text)
            let time = DurationText.elapsed(elapsed)
            try output.result(Phrase("seed \(seed), \(time)", "semente \(seed), \(time)"))
        }
        guard tally.isClean else {
            for line in tally.damage + tally.unexpectedEnds { output.warn(line.phrase) }
            let command = "discador verify --kills \(kills) --contacts \(contacts) --seed \(seed)"
            throw Failure(
                .unexpected,
                Phrase(
                    "Promises were broken. Repeat with `\(command)`; the databases and ledgers are in \(folder).",
                    "Promessas foram quebradas. Repita com `\(command)`; os bancos de dados e os registros estão em "
                        + "\(folder)."))
        }
        try shown.get()
    }

    /// An empty folder for the rounds.
    private static func folder(keep: String?, seed: UInt64) throws -> String {
        let own = FileManager.default.temporaryDirectory.appending(path: "discador-verify-\(seed)-\(UUID().uuidString)")
        let path = keep.map { URL(fileURLWithPath: $0).path } ?? own.path
        let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard content.isEmpty else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(path) is not empty: choose another folder.", "\(path) não está vazia: escolha outra pasta."))
        }
        try OutputTarget.makeFolder(path, mode: 0o700)
        return path
    }

    /// The result of `body`; nil when a stop signal came first, after which `body` was cancelled and has ended.
    private static func untilSignal<T: Sendable>(
        _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T? {
        let signals = await UnixSignalsSequence(trapping: Signals.stop)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            let first = try await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }
}

/// The result as JSON.
private struct VerifyDocument: Encodable {
    var seed: UInt64
    var isClean: Bool
    var seconds: Double
    var tally: VerifyTally
}

/// Plays rounds of campaigns whose runs are killed, until enough have been killed.
struct Verification: Sendable {
    /// After this many rounds without a single kill, something must be wrong.
    private static let maxRoundsWithoutKill = 50

    /// Runs to kill in total.
    let kills: Int
    /// Contacts per round, unless its paces are slow.
    let contacts: Int
    let seed: UInt64
    /// Where the rounds have their folders.
    let folder: String
    /// Whether the folders of rounds that broke no promise are kept too.
    let keepsAll: Bool
    let output: Output

    func run() async throws -> VerifyTally {
        var random = SplitMix64(seed: seed)
        var tally = VerifyTally()
        var roundsWithoutKill = 0
        repeat {
            try Task.checkCancellation()
            var round = VerifyRound(
                number: tally.rounds + 1, seed: random.next(), contacts: contacts, killsWanted: kills - tally.kills,
                parent: folder)
            let outcome = try await round.play()
            tally.add(outcome)
            output.note(progress(tally, isClean: outcome.isClean))
            if outcome.isClean, !keepsAll { try? FileManager.default.removeItem(atPath: round.folder.path) }
            roundsWithoutKill = outcome.kills == 0 ? roundsWithoutKill + 1 : 0
            guard roundsWithoutKill < Self.maxRoundsWithoutKill else {
                throw Failure(
                    .unexpected,
                    Phrase(
                        "The runs end before they can be killed: give more --contacts.",
                        "As execuções terminam antes que se possa derrubá-las: aumente --contacts."))
            }
        } while tally.kills < kills && tally.unexpectedEnds.isEmpty
        return tally
    }

    /// What has been done so far, and whether the last round kept every promise.
    private func progress(_ tally: VerifyTally, isClean: Bool) -> Phrase {
        let (contacts, rings) = (tally.audit.contacts, tally.audit.rings)
        return Phrase(
            "round \(tally.rounds): \(tally.kills) of \(kills) kills, \(contacts.counted("contact")), "
                + "\(rings.counted("ring")), \(isClean ? "no promise broken" : "PROMISES BROKEN")",
            "rodada \(tally.rounds): \(tally.kills) de \(kills) processos derrubados, \(contacts.counted("contato")), "
                + "\(rings.counted("toque")), \(isClean ? "nenhuma promessa quebrada" : "PROMESSAS QUEBRADAS")")
    }
}
