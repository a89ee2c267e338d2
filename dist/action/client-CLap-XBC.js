import { a as inRepository, i as GitHubUnavailable, n as DEFAULT_API_URL, o as makeClient, r as GitHubRefused, t as ANSWER_MS } from "./client-COHvwFo0.js";

export { DEFAULT_API_URL, makeClient };