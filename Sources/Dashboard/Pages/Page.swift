package import CampaignCore
package import Markup

/// A page, without the frame that all pages have.
package struct Page: Sendable {
    /// Content of a page, from its top to its end.
    package enum Part: Sendable {
        case fixed(HTML)
        /// What changes while one looks: sent again, under this id, as it changes. No form stands in it whose fields
        /// somebody fills in.
        case live(id: String, HTML)
    }

    /// What the navigation marks.
    package enum Place: Sendable, Hashable {
        case overview, blocks, replies, events, log, newCampaign, none
        /// A page of the campaign.
        case campaign(CampaignPage)
    }

    package enum CampaignPage: String, Sendable, Hashable, CaseIterable {
        case overview, people, doubts, `import`, plan, reports
    }

    package var title: Phrase
    /// The campaign that it is about.
    package var campaign: String?
    package var place: Place
    package var parts: [Part]

    package init(_ title: Phrase, at place: Place = .none, campaign: String? = nil, parts: [Part]) {
        (self.title, self.place, self.campaign, self.parts) = (title, place, campaign, parts)
    }

    package init(_ title: Phrase, at place: Place = .none, campaign: String? = nil, _ content: HTML) {
        self.init(title, at: place, campaign: campaign, parts: [.fixed(content)])
    }

    /// Whether anything on it changes by itself.
    var isLive: Bool {
        parts.contains { part in
            if case .live = part { true } else { false }
        }
    }
}
