import CampaignCore
import CampaignStore
import Foundation

/// How a demo has ended, or must end (`expected.json` beside its campaign).
struct DemoFigures: Decodable {
    static let fileName = "expected.json"

    private var figures: [String: Int]

    /// What must be said, in this order.
    private static let names = [
        "accepted", "failed", "in_doubt", "excluded", "rejectedRows", "duplicateRows", "delivered", "answered",
        "notAnswered", "calledBack", "replied", "optedOut", "repliesWaiting",
    ]

    init(_ summary: CampaignSummary, repliesWaiting: Int) {
        let happened = summary.happened
        let states = [CallState.accepted, .failed, .inDoubt, .excluded].map { summary.counts[$0] }
        let people = [
            happened.delivered, happened.answered, happened.notAnswered, happened.calledBack, happened.replied,
            happened.optedOut,
        ]
        let all = states + [summary.rejectedRows, summary.duplicateRows] + people + [repliesWaiting]
        figures = Dictionary(uniqueKeysWithValues: zip(Self.names, all))
    }

    init(from decoder: any Decoder) throws {
        figures = try decoder.singleValueContainer().decode([String: Int].self)
    }

    @inline(never)  // see `RunLoop.open`
    static func expected(in folder: String) throws -> DemoFigures {
        let path = "\(folder)/\(fileName)"
        guard let data = FileManager.default.contents(atPath: path),
            let expected = try? JSONDecoder().decode(DemoFigures.self, from: data),
            Set(expected.figures.keys) == Set(names)
        else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(path) cannot be read. It says how the demo must end: a JSON object with a number for each of ",
                    "Não foi possível ler \(path), que diz como a demonstração tem de terminar: um objeto JSON com um "
                        + "número para cada um de ") + .list(names) + Phrase(verbatim: "."))
        }
        return expected
    }

    /// Where this is not as expected, such as `answered is 11, not 12`.
    func differences(from expected: DemoFigures) -> [Phrase] {
        Self.names.compactMap { name in
            let (found, wanted) = (figures[name] ?? 0, expected.figures[name] ?? 0)
            return found == wanted
                ? nil : Phrase("\(name) is \(found), not \(wanted)", "\(name) é \(found), e não \(wanted)")
        }
    }
}
