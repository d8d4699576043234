import CampaignCore
import CampaignStore
import Dashboard
import Foundation

/// Makes campaigns for browsers, as copies of others.
struct ServedCampaignMaker: CampaignMaker {
    /// A campaign of this name could not be reached: that is where campaigns are made.
    private static let taken = "new"

    let reads: StoreReads
    let operations: DashboardOperations
    let environmentFile: String?

    func campaigns() async throws -> [String] {
        try await reads { try $0.campaigns().map(\.name) }
    }

    func copy(_ source: String, as name: String, by actor: Actor) async throws -> Phrase {
        guard name.lowercased() != Self.taken else {
            throw DashboardError.invalid(
                Phrase(
                    "“\(name)” is an address of these pages: choose another name.",
                    "“\(name)” é um endereço destas páginas: escolha outro nome."))
        }
        // Before anything is logged under that name.
        try CopyCampaign.requireName(name)
        let outcome = try await operations.perform(
            CopyCampaign(campaign: name, source: source, environmentFile: environmentFile), by: actor)
        // Where it is on that machine is nothing for a page.
        let folder = URL(fileURLWithPath: outcome.folder).lastPathComponent
        return Phrase(
            "The campaign \(name) is in the folder \(folder), beside that of \(source). Send it a list.",
            "A campanha \(name) está na pasta \(folder), ao lado da de \(source). Envie uma lista para ela.")
    }
}
