import Geo
import NearbyClient
import WebSocket

/// The client's types as scenarios write them.
extension JSON {
    init(_ state: ConnectionState, now: Int64) {
        self = [
            "name": .string(state.phase.rawValue), "reason": .of(state.reason?.rawValue),
            "code": .of((state.code?.rawValue).map(Double.init)), "attempt": .number(Double(state.attempt)),
            "retry_in_ms": .of(state.retryAt.map { Double($0 - now) }),
        ]
    }

    init(_ friend: Friend) {
        self = [
            "id": .string(friend.id), "name": .string(friend.name), "avatar_url": .of(friend.avatarURL),
            "lat": .number(friend.fix.position.latitude), "lon": .number(friend.fix.position.longitude),
            "ts": .number(Double(friend.fix.timestamp)), "distance_m": .number(friend.distance),
        ]
    }

    init(_ settings: SessionSettings) {
        self = [
            "user": .string(settings.user), "session": .string(settings.session), "sharing": .bool(settings.isSharing),
            "radius_m": .number(settings.radius), "stale_after_s": .number(settings.staleAfter),
            "update_every_s": .number(settings.updateEvery),
        ]
    }

    init(_ status: StrangersStatus) {
        switch status {
        case .off(let reason): self = ["on": false, "reason": .of(reason), "items": []]
        case .on(let details):
            self = [
                "on": true, "radius_m": .number(details.radius),
                "precision": .number(Double(details.routing.precision)),
                "cell": .string(details.routing.cell.description),
                "cells": .array(details.routing.cells.map { .string($0.description) }),
                "expires_at": .number(Double(details.expiresAt)), "too_few": .bool(details.isTooFew),
                "items": .array(details.items.map(JSON.init)),
            ]
        }
    }

    init(_ stranger: Stranger) {
        self = [
            "sid": .string(stranger.sid), "cell": .string(stranger.cell.description),
            "lat": .number(stranger.center.latitude), "lon": .number(stranger.center.longitude),
            "ts": .number(Double(stranger.timestamp)), "distance_m": .number(stranger.distance),
        ]
    }

    /// What a request was answered.
    init(_ outcome: Result<ServerMessage, NearbyError>) {
        switch outcome {
        case .failure(let error): self = ["error": .string(error.code.rawValue)]
        case .success(.settings(let radius, let sharing, _)):
            self = ["radius_m": .number(radius), "sharing": .bool(sharing)]
        case .success(.strangers(let status, _)): self = JSON(status)
        case .success(.page(let page, _)):
            self = ["items": .array(page.items.map(JSON.init)), "next": .of(page.next)]
        case .success(.subscribed(let friend, let location, _)):
            let place = location.map { JSON(place: $0) }
            self = ["friend": .string(friend), "location": place ?? .null]
        case .success: self = [:]
        }
    }

    private init(place: Fix) {
        self = [
            "lat": .number(place.position.latitude), "lon": .number(place.position.longitude),
            "ts": .number(Double(place.timestamp)),
        ]
    }

    static func of(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func of(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }
}

/// What scenarios write as the client's types.
extension JSON {
    func fix(now: Int64) throws -> Fix {
        let position = Coordinate(
            latitude: try required("lat").double ?? .nan, longitude: try required("lon").double ?? .nan)
        guard let position else { throw ScenarioError("no position: \(self)") }
        return Fix(position: position, timestamp: self["ts"]?.integer ?? now, accuracy: self["accuracy_m"]?.double)
    }

    func wishes() throws -> SessionWishes {
        SessionWishes(
            radius: try radius(), strangers: try self["strangers"].map { try $0.strangersRequest(isOn: true) },
            asksForQuiet: self["quiet"]?.bool ?? true)
    }

    /// The fields of a request of this type.
    func request(_ type: String) throws -> ClientMessage {
        switch type {
        case "settings": .settings(radius: try radius(), sharing: self["sharing"]?.bool)
        case "strangers": .strangers(try strangersRequest(isOn: try required("on").bool ?? false))
        case "subscribe": .subscribe(friend: try required("friend").string ?? "")
        case "unsubscribe": .unsubscribe(friend: try required("friend").string ?? "")
        case "block": .block(try person())
        case "report": .report(try person(), reason: try required("reason").string ?? "")
        default: throw ScenarioError("unknown call \(type)")
        }
    }

    private func person() throws -> ClientMessage.Person {
        if let sid = self["sid"]?.string { return .stranger(sid: sid) }
        return .user(try required("user").string ?? "")
    }

    private func strangersRequest(isOn: Bool) throws -> ClientMessage.StrangersRequest {
        .init(isOn: isOn, radius: try radius(), precision: self["precision"]?.integer.map(Int.init))
    }

    private func radius() throws -> Radius? {
        guard let metres = self["radius_m"]?.double else { return nil }
        guard let radius = Radius(metres: metres) else { throw ScenarioError("no radius: \(metres)") }
        return radius
    }

    private func required(_ key: String) throws -> JSON {
        guard let value = self[key] else { throw ScenarioError("\(key) is missing in \(self)") }
        return value
    }
}
