import CampaignCore
import Foundation
import Reports

/// The format of a report, as the options and the name of its file have it.
struct ReportChoice {
    let format: ReportFormat
    /// Whether somebody chose it, or it is what a report is without a choice.
    let isChosen: Bool

    /// - Parameters:
    ///   - format: of `--format`; nil without it.
    ///   - isJSON: whether `--json` is given.
    ///   - path: of `--output`; nil without it.
    init(format: ReportFormat?, isJSON: Bool, path: String?) throws(Failure) {
        let ending = path.map { URL(fileURLWithPath: $0).pathExtension.lowercased() } ?? ""
        let formats = Self.formats(ofEnding: ending)
        guard !Self.others.contains(ending) else {
            throw Failure(
                .usage,
                Phrase(
                    "No report is a .\(ending) file: choose .xlsx for a spreadsheet, or .html for a page to read or print.",
                    "Nenhum relatório é um arquivo .\(ending): escolha .xlsx para uma planilha, ou .html para uma página de "
                        + "ler ou imprimir."))
        }
        let asked = format == .text && isJSON ? .json : format ?? (isJSON ? .json : nil)
        if let asked, !formats.isEmpty, !formats.contains(asked) {
            let option = format != nil && asked == format ? "--format \(asked.rawValue)" : "--json"
            throw Failure(
                .usage,
                Phrase(
                    "\(option) writes no .\(ending) file: choose another name for it, or leave out \(option), "
                        + "since the format follows the name of the file.",
                    "\(option) não grava um arquivo .\(ending): escolha outro nome para ele, ou não use \(option), pois o "
                        + "formato segue o nome do arquivo."))
        }
        isChosen = asked != nil || !formats.isEmpty
        self.format = asked ?? formats.first ?? .text
    }

    /// What other programs' files end with, which a text under such a name would only pretend to be.
    private static let others: Set = ["pdf", "xls", "xlsm", "xlsb", "ods", "doc", "docx", "odt", "rtf", "xml", "zip"]

    /// The formats that files with this ending have, the usual one first; none for an ending that says nothing.
    static func formats(ofEnding ending: String) -> [ReportFormat] {
        let names: [String] =
            switch ending {
            case "htm": ["html"]
            case "ndjson": ["jsonl"]
            case "json": ["json", "jsonl"]
            case "txt": ["text", "csv", "json", "jsonl"]
            default: [ending]
            }
        return names.compactMap(ReportFormat.init)
    }
}
