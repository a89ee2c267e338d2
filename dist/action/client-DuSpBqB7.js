import { a as makeClient, i as inRepository, n as GitHubRefused, r as GitHubUnavailable, t as DEFAULT_API_URL } from "./client-BHMF70MP.js";

export { DEFAULT_API_URL, makeClient };