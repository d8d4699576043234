import CampaignCore

extension Campaign {
    /// The instance of this name in the campaign file; nil means all of them.
    func instances(named name: String?) throws(Failure) -> [Instance] {
        guard let name else { return instances }
        let named = instances.filter { $0.name == name }
        guard named.isEmpty else { return named }
        let known = instances.map(\.name).joined(separator: ", ")
        throw Failure(
            .usage,
            Phrase(
                "\(self.name) has no instance “\(name)”; it has: \(known).",
                "\(self.name) não tem a instância “\(name)”; tem: \(known)."))
    }
}
