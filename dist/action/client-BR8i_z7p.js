import { a as makeClient, i as inRepository, n as GitHubRefused, r as GitHubUnavailable, t as DEFAULT_API_URL } from "./client-Dzo8pPA_.js";

export { DEFAULT_API_URL, makeClient };